using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Recording;

/// <summary>A body that lies in a file behind its head; the file is deleted with it.</summary>
internal sealed class FileTailBody(string path, int start, long length) : Body
{
    public override long Length => length;

    public override Stream OpenRead()
    {
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        file.Position = start;
        return file;
    }

    public override ReadOnlyMemory<byte> ToMemory()
    {
        using var file = OpenRead();
        var bytes = new byte[length];
        file.ReadExactly(bytes);
        return bytes;
    }

    protected override void Dispose(bool disposing) => File.Delete(path);
}
