namespace TrafficAudit.Model;

/// <summary>A body whose bytes lie in a file of their own, which is deleted when the body is disposed.</summary>
/// <param name="path">The file, complete and closed.</param>
/// <param name="length">Its length in bytes.</param>
public sealed class FileBody(string path, long length) : Body
{
    /// <inheritdoc/>
    public override long Length => length;

    /// <inheritdoc/>
    public override Stream OpenRead() => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ToMemory() => File.ReadAllBytes(path);

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => File.Delete(path);
}
