using System.Buffers.Text;
using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// A body without its chunk framing (RFC 9112, section 7.1), which many writers leave in the block. What is no framing ends it.
/// </summary>
/// <param name="framed">The body with its framing.</param>
internal sealed class ChunkedBody(Stream framed) : ReadOnlyStream
{
    private const int LongestLine = 4096;
    private const int MaxTrailers = 1000;

    private readonly BufferedStream _framed = new(framed, 16 * 1024);
    private readonly ImmutableArray<HeaderField>.Builder _trailers = ImmutableArray.CreateBuilder<HeaderField>();
    private long _left;
    private bool _ended;

    /// <summary>Whether a chunk was read at all: writers that take the framing off mostly leave the field that speaks of it.</summary>
    public bool IsFramed { get; private set; }

    /// <summary>Whether the last chunk was read.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>The fields behind the last chunk; null where there are none.</summary>
    public ImmutableArray<HeaderField>? Trailers => _trailers.Count > 0 ? _trailers.ToImmutable() : null;

    public override int Read(Span<byte> buffer)
    {
        if (_ended || buffer.IsEmpty || (_left == 0 && !NextChunk()))
        {
            return 0;
        }

        var read = _framed.Read(buffer[..(int)Math.Min(buffer.Length, _left)]);
        _left -= read;
        _ended = read == 0 || (_left == 0 && Line() is not []);
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        _framed.Dispose();
        base.Dispose(disposing);
    }

    private bool NextChunk()
    {
        if (Line() is not { } line || !Utf8Parser.TryParse(line, out long size, out var digits, 'x') || size < 0
            || !(digits == line.Length || line[digits] is (byte)';' or (byte)' ' or (byte)'\t'))
        {
            _ended = true;
            return false;
        }

        IsFramed = true;
        _left = size;
        if (size == 0)
        {
            ReadTrailers();
        }

        return size > 0;
    }

    private void ReadTrailers()
    {
        _ended = true;
        while (Line() is { } line)
        {
            if (line.Length == 0 || _trailers.Count == MaxTrailers)
            {
                IsComplete = line.Length == 0;
                return;
            }

            // A start line stands in front of fields in a head.
            _trailers.AddRange(HttpHead.Parse([(byte)'\n', .. line]).Fields);
        }
    }

    /// <summary>The next line without its end; null when it does not end in bounds.</summary>
    private byte[]? Line()
    {
        var line = new List<byte>(16);
        int next;
        while ((next = _framed.ReadByte()) >= 0 && line.Count < LongestLine)
        {
            if (next == '\n')
            {
                return line is [.., (byte)'\r'] ? [.. line[..^1]] : [.. line];
            }

            line.Add((byte)next);
        }

        return null;
    }
}
