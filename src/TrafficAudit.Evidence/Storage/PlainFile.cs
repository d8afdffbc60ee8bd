using Microsoft.Win32.SafeHandles;

namespace TrafficAudit.Evidence.Storage;

/// <summary>A file whose bytes lie on the disk as they are.</summary>
internal sealed class PlainFile(SafeFileHandle file) : StoredFile
{
    public override long Length => RandomAccess.GetLength(file);

    public override long TornBytes => 0;

    public override bool IsInPieces => false;

    public override int Read(Span<byte> buffer, long position) => RandomAccess.Read(file, buffer, position);

    public override void Write(ReadOnlySpan<byte> bytes, long position) => RandomAccess.Write(file, bytes, position);

    public override void CutTo(long length) => RandomAccess.SetLength(file, length);

    public override void FlushToDisk() => RandomAccess.FlushToDisk(file);

    public override long StoredLengthOf(long length) => length;

    public override long LengthOf(long stored) => stored;

    public override void Dispose() => file.Dispose();
}
