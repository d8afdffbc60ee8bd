using System.Runtime.InteropServices;

namespace TrafficAudit.Model;

/// <summary>A body whose bytes lie in memory.</summary>
/// <param name="bytes">The bytes; the caller does not change them afterwards.</param>
public sealed class MemoryBody(ReadOnlyMemory<byte> bytes) : Body
{
    /// <inheritdoc/>
    public override long Length => bytes.Length;

    /// <inheritdoc/>
    public override Stream OpenRead() =>
        MemoryMarshal.TryGetArray(bytes, out var array)
            ? new MemoryStream(array.Array!, array.Offset, array.Count, writable: false)
            : new MemoryStream(bytes.ToArray(), writable: false);

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> ToMemory() => bytes;
}
