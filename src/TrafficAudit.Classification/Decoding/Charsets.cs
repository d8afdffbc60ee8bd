using System.Text;
using System.Text.Unicode;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Turns text in other character encodings into UTF-8. A label is believed only where the bytes agree with it.</summary>
internal static class Charsets
{
    private const char Broken = '\uFFFD';
    private static readonly Encoding EucKr = Legacy(949);
    private static readonly Encoding Gbk = Legacy(54936);
    private static readonly Encoding ShiftJis = Legacy(932);
    private static readonly Encoding Big5 = Legacy(950);
    private static readonly Encoding Windows1252 = Legacy(1252);

    /// <summary>
    /// The text in UTF-8, with the step that was undone (null if it was UTF-8 already). False when the bytes are no text; with
    /// <paramref name="isText"/> the sender says that they are, and a few bytes that can't be read are let through, to become U+FFFD.
    /// </summary>
    public static bool TryToUtf8(ReadOnlyMemory<byte> bytes, string? label, bool isText, out ReadOnlyMemory<byte> utf8, out string? step)
    {
        utf8 = bytes;
        step = null;
        var span = bytes.Span;
        if (Utf16Of(span, label)?.GetString(span) is { } wide && !IsMostlyBroken(wide))
        {
            utf8 = Encoding.UTF8.GetBytes(wide.TrimStart('\uFEFF'));
            step = Decodings.Utf16;
            return true;
        }

        if (Printable.IsText(span))
        {
            return true;
        }

        var decoded = Printable.HasControls(span) && !isText ? null : Decode(span, label, isText, out step);
        if (decoded is null || IsMostlyBroken(decoded))
        {
            step = null;
            return false;
        }

        if (step is not null)
        {
            utf8 = Encoding.UTF8.GetBytes(decoded);
        }

        return true;
    }

    /// <summary>Bytes that came out of percent-encoding or the like, as text; null when they are none.</summary>
    public static string? Decode(ReadOnlySpan<byte> bytes, string? label, bool isText, out string? step)
    {
        step = null;
        if (Utf8.IsValid(bytes))
        {
            return Encoding.UTF8.GetString(bytes);
        }

        if (Named(label) is var (encoding, name) && encoding.GetString(bytes) is var labelled && !labelled.Contains(Broken, StringComparison.Ordinal))
        {
            step = name;
            return labelled;
        }

        return Unlabelled(bytes, out step) ?? (isText ? Encoding.UTF8.GetString(bytes) : null);
    }

    /// <summary>
    /// Korean and Chinese share their byte ranges. Chinese read as Korean is full of rare ideographs, while Korean is written without
    /// them; only a few characters of Chinese can pass for Korean, which is the likelier here.
    /// </summary>
    private static string? Unlabelled(ReadOnlySpan<byte> bytes, out string? step)
    {
        var korean = EucKr.GetString(bytes);
        var isKorean = !korean.Contains(Broken, StringComparison.Ordinal) && IsMostlyHangul(korean);
        if (isKorean && !korean.AsSpan().ContainsAnyInRange('\u4E00', '\u9FFF') && !korean.AsSpan().ContainsAnyInRange('\uF900', '\uFAFF'))
        {
            step = Decodings.EucKr;
            return korean;
        }

        var chinese = Gbk.GetString(bytes);
        if (!chinese.Contains(Broken, StringComparison.Ordinal) && IsMostlyHan(chinese))
        {
            step = Decodings.Gbk;
            return chinese;
        }

        step = isKorean ? Decodings.EucKr : null;
        return isKorean ? korean : null;
    }

    private static (Encoding Encoding, string Name)? Named(string? label) => label?.Trim().ToLowerInvariant() switch
    {
        "euc-kr" or "euckr" or "cp949" or "ms949" or "windows-949" or "uhc" or "ksc5601" or "ks_c_5601" or "ks_c_5601-1987"
            => (EucKr, Decodings.EucKr),
        "gbk" or "gb2312" or "gb18030" or "cp936" or "x-gbk" => (Gbk, Decodings.Gbk),
        "shift_jis" or "shift-jis" or "sjis" or "windows-31j" or "cp932" => (ShiftJis, Decodings.ShiftJis),
        "big5" or "big5-hkscs" or "cp950" => (Big5, Decodings.Big5),
        "iso-8859-1" or "latin1" or "windows-1252" or "cp1252" => (Windows1252, Decodings.Latin1),
        _ => null,
    };

    private static UnicodeEncoding? Utf16Of(ReadOnlySpan<byte> bytes, string? label)
    {
        if (bytes.Length < 4)
        {
            return null;
        }

        var labelled = label is not null && label.Contains("utf-16", StringComparison.OrdinalIgnoreCase);
        if (bytes[0] == 0xFF && bytes[1] == 0xFE)
        {
            return new UnicodeEncoding(bigEndian: false, byteOrderMark: true);
        }

        if (bytes[0] == 0xFE && bytes[1] == 0xFF)
        {
            return new UnicodeEncoding(bigEndian: true, byteOrderMark: true);
        }

        // Without a mark the first character decides: markup, JSON and names begin with one below U+0100.
        return (labelled && !Printable.IsText(bytes)) || (bytes.Length % 2 == 0 && IsWideAscii(bytes))
            ? new UnicodeEncoding(bigEndian: bytes[0] == 0, byteOrderMark: false)
            : WideText.IsLikely(bytes) ? new UnicodeEncoding(bigEndian: false, byteOrderMark: false) : null;
    }

    /// <summary>Every second byte of the first few is zero, the others are printable.</summary>
    private static bool IsWideAscii(ReadOnlySpan<byte> bytes)
    {
        var zero = bytes[0] == 0 ? 0 : 1;
        for (var i = 0; i < Math.Min(bytes.Length, 16); i += 2)
        {
            if (bytes[i + zero] != 0 || bytes[i + 1 - zero] is < 0x20 or > 0x7E)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>More than one character in eight is no text: encrypted bytes under a text label.</summary>
    private static bool IsMostlyBroken(string text) =>
        text.Count(c => c == Broken || (char.IsControl(c) && c is not ('\t' or '\n' or '\r' or '\f'))) > text.Length / 8;

    private static bool IsMostlyHangul(string text) => Share(text, c => c is >= '\uAC00' and <= '\uD7A3');

    private static bool IsMostlyHan(string text) =>
        Share(text, c => c is (>= '\u4E00' and <= '\u9FFF') or (>= '\u3000' and <= '\u303F') or (>= '\uFF00' and <= '\uFFEF'));

    /// <summary>At least three of four characters outside ASCII are of the script, and there are two of them.</summary>
    private static bool Share(string text, Func<char, bool> isOfScript)
    {
        int foreign = 0, matching = 0;
        foreach (var c in text)
        {
            if (c >= 0x80)
            {
                foreign++;
                matching += isOfScript(c) ? 1 : 0;
            }
        }

        return matching >= 2 && matching * 4 >= foreign * 3;
    }

    private static Encoding Legacy(int codePage) =>
        CodePagesEncodingProvider.Instance.GetEncoding(codePage, EncoderFallback.ReplacementFallback, new DecoderReplacementFallback("\uFFFD"))
        ?? throw new InvalidOperationException($"code page {codePage} is part of the platform");
}
