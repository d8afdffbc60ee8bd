using System.Globalization;
using TrafficAudit.Review.Access;

namespace TrafficAudit.Review.Tests;

/// <summary>The list of users and tokens, in memory.</summary>
internal sealed class FakeAccessFile : IAccessFile
{
    private readonly Lock _lock = new();
    private byte[]? _content;
    private int _version;

    public string Path => "users.json";

    public string Version => _version.ToString(CultureInfo.InvariantCulture);

    public byte[]? Read() => _content;

    public void Change(Func<byte[]?, byte[]> change)
    {
        lock (_lock)
        {
            _content = change(_content);
            _version++;
        }
    }

    /// <summary>Somebody has written this into the file.</summary>
    public void Put(string content) => Change(_ => System.Text.Encoding.UTF8.GetBytes(content));
}
