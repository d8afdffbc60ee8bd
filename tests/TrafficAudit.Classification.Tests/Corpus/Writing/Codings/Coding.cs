using System.Net;
using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Text encodings of a value; what hides it from a reader makes it <c>encoded</c>.</summary>
internal static class Coding
{
    private const string Base32Digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    static Coding() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public static Value Percent(this Value value) => value.With(Uri.EscapeDataString(value.Text));

    public static Value Base64(this Value value) => value.Hidden(Convert.ToBase64String(value.Bytes));

    /// <summary>base64url without padding.</summary>
    public static Value Base64Url(this Value value) => value.Hidden(System.Buffers.Text.Base64Url.EncodeToString(value.Bytes));

    public static Value Hex(this Value value) => value.Hidden(Convert.ToHexStringLower(value.Bytes));

    /// <summary>RFC 4648, 6, with padding.</summary>
    public static Value Base32(this Value value)
    {
        var text = new StringBuilder();
        var bits = value.Bytes.SelectMany(b => Enumerable.Range(0, 8).Select(i => (b >> (7 - i)) & 1)).ToList();
        foreach (var five in bits.Chunk(5))
        {
            text.Append(Base32Digits[five.Select((bit, i) => bit << (4 - i)).Sum()]);
        }

        return value.Hidden(text.Append('=', (8 - (text.Length % 8)) % 8).ToString());
    }

    public static Value Html(this Value value) => value.With(string.Concat(WebUtility.HtmlEncode(value.Text).Select(c => c == '@' || c > 0x7F ? $"&#{(int)c};" : $"{c}")));

    /// <summary>Every character as <c>\uXXXX</c>, as if JSON had been written twice.</summary>
    public static Value Escapes(this Value value) => value.With(string.Concat(value.Text.Select(c => char.IsAsciiLetterOrDigit(c) ? $"{c}" : $"\\u{(int)c:x4}")));

    public static Value EucKr(this Value value) => value.With(Encoding.GetEncoding(949).GetBytes(value.Text));

    public static Value Gbk(this Value value) => value.With(Encoding.GetEncoding(936).GetBytes(value.Text));

    /// <summary>Another character set, by its code page.</summary>
    public static Value InCodePage(this Value value, int codePage) => value.With(Encoding.GetEncoding(codePage).GetBytes(value.Text));

    /// <summary>RFC 2045, 6.7.</summary>
    public static Value QuotedPrintable(this Value value) => value.With(string.Concat(value.Bytes.Select(b => char.IsAsciiLetterOrDigit((char)b) ? $"{(char)b}" : $"={b:X2}")));

    public static Value Utf16(this Value value) => value.With(Encoding.Unicode.GetBytes(value.Text));

    /// <summary>Compressed bytes; where they are text again it is by another coding.</summary>
    public static Value Packed(this Value value, Func<byte[], byte[]> pack) => value.With(pack(value.Bytes));

    /// <summary>lz-string: a reader can't see through it, but it is a compression, not an encoding of the value.</summary>
    public static Value LzString(this Value value, Func<string, string> pack) => value.With(pack(value.Text));
}
