using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// How far a compressed file may inflate: to 200 times its size, or to 1 GiB where that is more. Deflate can say 1,000 bytes with one, and an archive
/// in an archive a million: without a bound a small file would fill the disk.
/// </summary>
/// <param name="fileBytes">The file's size.</param>
/// <param name="alwaysAllowed">What any file may inflate to.</param>
internal sealed class InflationBound(long fileBytes, long alwaysAllowed = 1L << 30)
{
    private const int MaxRatio = 200;

    private long _left = Math.Max(alwaysAllowed, fileBytes * MaxRatio);

    /// <summary>The content, counted against the bound.</summary>
    public Stream Apply(Stream inflated) => new BoundStream(inflated, this);

    private void Take(int count)
    {
        _left -= count;
        if (_left < 0)
        {
            throw new ImportBreakException($"where it inflates to more than {MaxRatio} times its size, as no archive of traffic does");
        }
    }

    private sealed class BoundStream(Stream inner, InflationBound bound) : ReadOnlyStream
    {
        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            bound.Take(read);
            return read;
        }

        protected override void Dispose(bool disposing)
        {
            inner.Dispose();
            base.Dispose(disposing);
        }
    }
}
