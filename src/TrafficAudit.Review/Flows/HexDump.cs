using System.Globalization;
using System.Text;

namespace TrafficAudit.Review.Flows;

/// <summary>Bytes as offset, hexadecimal digits and ASCII, with those marked in which something was found. Only a page of them is looked at.</summary>
internal static class HexDump
{
    private const int Row = 16;

    /// <summary>Bytes of a page.</summary>
    public const int PageBytes = Row * SheetWriter.PageLines;

    /// <summary>One page.</summary>
    /// <param name="bytes">All of the bytes.</param>
    /// <param name="page">Which page, from 1.</param>
    /// <param name="spots">Where something was found, in order.</param>
    /// <param name="places">The flow's findings.</param>
    public static Sheet Of(ReadOnlySpan<byte> bytes, int page, IReadOnlyList<Spot> spots, FindingPlaces places)
    {
        var writer = new SheetWriter(1);
        var first = (int)Math.Min((page - 1L) * PageBytes, bytes.Length);
        var end = (int)Math.Min((long)first + PageBytes, bytes.Length);
        for (var at = first; at < end; at += Row)
        {
            var row = bytes[at..Math.Min(at + Row, end)];
            writer.Add(at.ToString("x8", CultureInfo.InvariantCulture), Tone.Note);
            writer.Add("  ");
            WriteRuns(writer, row, at, spots, places, digits: true);
            writer.Add(new string(' ', (3 * (Row - row.Length)) + 1));
            WriteRuns(writer, row, at, spots, places, digits: false);
            writer.EndLine();
        }

        return writer.Finish() with { Page = page, HasMore = end < bytes.Length };
    }

    private static void WriteRuns(SheetWriter writer, ReadOnlySpan<byte> row, int at, IReadOnlyList<Spot> spots, FindingPlaces places, bool digits)
    {
        var text = new StringBuilder();
        Mark? mark = null;
        for (var i = 0; i < row.Length; i++)
        {
            var offset = at + i;
            var here = spots.FirstOrDefault(spot => spot.Start <= offset && offset < spot.End) is { Findings: { } findings } ? places.MarkOf(findings) : null;
            if (here != mark)
            {
                writer.Add(text.ToString(), mark: mark);
                text.Clear();
                mark = here;
            }

            if (digits)
            {
                text.Append(CultureInfo.InvariantCulture, $"{row[i]:x2} ");
            }
            else
            {
                text.Append(row[i] is >= 0x20 and < 0x7F ? (char)row[i] : '.');
            }
        }

        writer.Add(text.ToString(), mark: mark);
    }
}
