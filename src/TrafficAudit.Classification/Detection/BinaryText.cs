using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace TrafficAudit.Classification.Detection;

/// <summary>
/// The texts that stand in bytes of an unknown format, as <c>strings</c> prints them: known values in a format that no decoder reads are found in these. Linear in
/// the bytes.
/// </summary>
internal static class BinaryText
{
    /// <summary>Stands between two texts; no text holds it.</summary>
    public const char Border = '\0';

    /// <summary>Shorter runs are chance, and shorter known values don't count by themselves.</summary>
    private const int ShortestRun = 6;

    // A Korean name has three syllables, and its bytes are less often chance.
    private const int ShortestForeignRun = 3;

    private const int MostKept = 64 * 1024;

    /// <summary>Most bytes in which syllables are looked for as UTF-16, which any bytes look like.</summary>
    private const int LongestWide = 4 * 1024;

    // Most bytes hold no text, and then nothing is made.
    [ThreadStatic]
    private static StringBuilder? t_text;

    /// <summary>Printable ASCII, and the bytes that Korean, Chinese and Japanese in UTF-8 are made of.</summary>
    private static readonly SearchValues<byte> OfTexts =
        SearchValues.Create([.. Enumerable.Range(0, 256).Where(b => b is '\t' or '\n' or '\r' or (>= ' ' and <= '~') or (>= 0x80 and <= 0xBF) or (>= 0xE3 and <= 0xED)).Select(b => (byte)b)]);

    /// <summary>All texts in UTF-8 and in UTF-16 of either order, one after the other; empty for none. Of long data UTF-16 is read where it is ASCII.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = (t_text ??= new StringBuilder()).Clear();
        AddUtf8(text, bytes);
        AddWideAscii(text, bytes);
        for (var shift = 0; shift < 2 && shift < bytes.Length && bytes.Length <= LongestWide; shift++)
        {
            AddUtf16(text, bytes[shift..], lowFirst: true);
            AddUtf16(text, bytes[shift..], lowFirst: false);
        }

        if (text.Capacity > MostKept)
        {
            t_text = null;
        }

        return text.ToString();
    }

    // Looks at every so many-th byte only: a run that counts can't hide between two of them.
    private static void AddUtf8(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at + ShortestRun <= bytes.Length)
        {
            var probe = at + ShortestRun - 1;
            if (!OfTexts.Contains(bytes[probe]))
            {
                at = probe + 1;
                continue;
            }

            var start = at + bytes[at..probe].LastIndexOfAnyExcept(OfTexts) + 1;
            var length = bytes[start..].IndexOfAnyExcept(OfTexts);
            length = length < 0 ? bytes.Length - start : length;
            if (length >= ShortestRun)
            {
                AddValid(text, bytes.Slice(start, length));
            }

            at = start + length;
        }
    }

    // Letters and zeros by turns are UTF-16 in one order or the other.
    private static void AddWideAscii(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        for (var zero = bytes.IndexOf((byte)0); zero >= 0;)
        {
            var (start, end) = (text.Length, zero);
            if (zero > 0 && IsPrintable(bytes[zero - 1]))
            {
                text.Append((char)bytes[zero - 1]);
            }

            while (end + 1 < bytes.Length && bytes[end] == 0 && IsPrintable(bytes[end + 1]))
            {
                text.Append((char)bytes[end + 1]);
                end += 2;
            }

            EndRun(text, ref start);
            var next = end + 1 >= bytes.Length ? -1 : bytes[(end + 1)..].IndexOf((byte)0);
            zero = next < 0 ? -1 : end + 1 + next;
        }
    }

    private static bool IsPrintable(byte b) => b is >= (byte)' ' and <= (byte)'~';

    // What is no UTF-8 ends a run.
    private static void AddValid(StringBuilder text, ReadOnlySpan<byte> run)
    {
        Span<char> chars = stackalloc char[256];
        var start = text.Length;
        while (run.Length >= ShortestRun || (text.Length > start && !run.IsEmpty))
        {
            var status = Utf8.ToUtf16(run, chars, out var read, out var written, replaceInvalidSequences: false);
            text.Append(chars[..written]);
            run = run[read..];
            if (status is OperationStatus.InvalidData or OperationStatus.NeedMoreData)
            {
                EndRun(text, ref start);
                run = run[1..];
            }
        }

        EndRun(text, ref start);
    }

    private static void AddUtf16(StringBuilder text, ReadOnlySpan<byte> bytes, bool lowFirst)
    {
        var start = text.Length;
        for (var at = 0; at + 1 < bytes.Length; at += 2)
        {
            var c = lowFirst ? (char)(bytes[at] | (bytes[at + 1] << 8)) : (char)(bytes[at + 1] | (bytes[at] << 8));
            if (c is (>= ' ' and <= '~') or (>= '가' and <= '힣'))
            {
                text.Append(c);
            }
            else
            {
                EndRun(text, ref start);
            }
        }

        EndRun(text, ref start);
    }

    private static void EndRun(StringBuilder text, ref int start)
    {
        var length = text.Length - start;
        if (length < ShortestForeignRun || (length < ShortestRun && IsAscii(text, start)))
        {
            text.Length = start;
        }
        else
        {
            text.Append(Border);
        }

        start = text.Length;
    }

    private static bool IsAscii(StringBuilder text, int start)
    {
        for (var at = start; at < text.Length; at++)
        {
            if (!char.IsAscii(text[at]))
            {
                return false;
            }
        }

        return true;
    }
}
