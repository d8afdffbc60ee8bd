namespace TrafficAudit.Evidence.Har;

/// <summary>
/// The bytes of a JSON file as they come, with the place in it. It keeps only what it was asked to keep: one value at a time.
/// </summary>
/// <param name="stream">The file, from its start.</param>
internal sealed class JsonFeed(Stream stream)
{
    // A buffer that one large entry made grow is given back after it.
    private const int UsualBuffer = 128 * 1024;

    private byte[] _buffer = new byte[UsualBuffer];
    private int _start;
    private int _end;

    /// <summary>Offset in the file of the next byte.</summary>
    public long Offset { get; private set; }

    /// <summary>The line of the next byte, from 1.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>The bytes that were read and not consumed.</summary>
    public ReadOnlyMemory<byte> Available => _buffer.AsMemory(_start, _end - _start);

    /// <summary>An exception that names the present place.</summary>
    public HarBreakException Break(string what) => new(what, Offset, Line);

    /// <summary>Goes past <paramref name="count"/> of the available bytes.</summary>
    public void Consume(int count)
    {
        Line += _buffer.AsSpan(_start, count).Count((byte)'\n');
        Offset += count;
        _start += count;
        if (_buffer.Length > UsualBuffer && _end - _start <= UsualBuffer)
        {
            MoveTo(new byte[UsualBuffer]);
        }
    }

    /// <summary>Goes past white space; the next byte, or -1 at the end of the file.</summary>
    public async ValueTask<int> PeekAsync(CancellationToken cancellation)
    {
        do
        {
            var available = Available.Span;
            var at = available.IndexOfAnyExcept(" \t\r\n"u8);
            Consume(at < 0 ? available.Length : at);
            if (at >= 0)
            {
                return _buffer[_start];
            }
        }
        while (await FillAsync(cancellation));
        return -1;
    }

    /// <summary>
    /// Finds the end of the value that begins at the next byte. Returns its length, with the whole value available and not yet
    /// consumed; or -1 when it is longer than <paramref name="limit"/>, in which case it has been passed over.
    /// </summary>
    /// <exception cref="HarBreakException">There is no value, or the file ends inside it.</exception>
    public async ValueTask<int> ScanValueAsync(int limit, CancellationToken cancellation)
    {
        var scanner = default(JsonValueScanner);
        var scanned = 0;
        var kept = true;
        while (true)
        {
            scanned += scanner.Advance(Available.Span[scanned..]);
            kept = kept && scanned <= limit;
            if (scanner.Done && kept)
            {
                return scanned > 0 ? scanned : throw Break("a value is missing");
            }

            if (!kept)
            {
                Consume(scanned);
                scanned = 0;
            }

            if (scanner.Done)
            {
                return -1;
            }

            if (!await FillAsync(cancellation))
            {
                Consume(scanned);
                throw Break("the file ends inside a value");
            }
        }
    }

    /// <summary>Reads more bytes behind the available ones; false at the end of the file.</summary>
    public async ValueTask<bool> FillAsync(CancellationToken cancellation)
    {
        if (_end == _buffer.Length)
        {
            MakeRoom();
        }

        // No more than usual at once, so that little is left behind a large entry and its buffer can go.
        var free = Math.Min(_buffer.Length - _end, UsualBuffer);
        var count = await stream.ReadAsync(_buffer.AsMemory(_end, free), cancellation);
        _end += count;
        return count > 0;
    }

    private void MakeRoom()
    {
        var isFull = _end - _start > _buffer.Length / 2;
        MoveTo(isFull ? new byte[(int)Math.Min(_buffer.Length * 2L, Array.MaxLength)] : _buffer);
    }

    private void MoveTo(byte[] target)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(target);
        _end -= _start;
        _start = 0;
        _buffer = target;
    }
}
