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

    // Most bytes hold no text, and then nothing is made.
    [ThreadStatic]
    private static StringBuilder? t_text;

    private static readonly SearchValues<byte> Unprintable =
        SearchValues.Create([.. Enumerable.Range(0, 32).Where(b => b is not ('\t' or '\n' or '\r')).Select(b => (byte)b), 0x7F]);

    /// <summary>All texts in UTF-8 and in UTF-16 of either order, one after the other; empty for none.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = (t_text ??= new StringBuilder()).Clear();
        AddUtf8(text, bytes);
        if (bytes.Contains((byte)0) || text.Length == 0)
        {
            for (var shift = 0; shift < 2 && shift < bytes.Length; shift++)
            {
                AddUtf16(text, bytes[shift..], lowFirst: true);
                AddUtf16(text, bytes[shift..], lowFirst: false);
            }
        }

        if (text.Capacity > MostKept)
        {
            t_text = null;
        }

        return text.ToString();
    }

    private static void AddUtf8(StringBuilder text, ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var end = bytes.IndexOfAny(Unprintable);
            AddValid(text, end < 0 ? bytes : bytes[..end]);
            bytes = end < 0 ? [] : bytes[(end + 1)..];
        }
    }

    // Bytes without control characters; what of them is no UTF-8 ends a run.
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
