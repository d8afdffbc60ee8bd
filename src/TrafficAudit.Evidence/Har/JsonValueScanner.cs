using System.Buffers;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// Finds where a JSON value ends, over any number of pieces, without holding or validating it. This is what lets a string or
/// an entry of any length pass through a small buffer: <see cref="System.Text.Json.Utf8JsonReader"/> needs a whole token at once.
/// </summary>
internal struct JsonValueScanner
{
    private static readonly SearchValues<byte> Structure = SearchValues.Create("\"{}[]"u8);
    private static readonly SearchValues<byte> StringEnds = SearchValues.Create("\"\\"u8);

    private static readonly SearchValues<byte> ScalarBytes =
        SearchValues.Create("+-.0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    private long _depth;
    private bool _inString;
    private bool _afterBackslash;
    private bool _inScalar;

    /// <summary>Whether the value's last byte has been seen.</summary>
    public bool Done { get; private set; }

    /// <summary>Takes the next bytes of the file and tells how many of them belong to the value.</summary>
    public int Advance(ReadOnlySpan<byte> bytes)
    {
        var taken = 0;
        while (taken < bytes.Length && !Done)
        {
            var rest = bytes[taken..];
            taken += _inString ? AdvanceString(rest) : _depth == 0 ? AdvanceStart(rest) : AdvanceContainer(rest);
        }

        return taken;
    }

    private int AdvanceString(ReadOnlySpan<byte> rest)
    {
        if (_afterBackslash)
        {
            _afterBackslash = false;
            return 1;
        }

        var at = rest.IndexOfAny(StringEnds);
        if (at < 0)
        {
            return rest.Length;
        }

        _afterBackslash = rest[at] == '\\';
        _inString = _afterBackslash;
        Done = !_inString && _depth == 0;
        return at + 1;
    }

    private int AdvanceStart(ReadOnlySpan<byte> rest)
    {
        if (!_inScalar && rest[0] is (byte)'"' or (byte)'{' or (byte)'[')
        {
            return Open(rest[0]);
        }

        _inScalar = true;
        var end = rest.IndexOfAnyExcept(ScalarBytes);
        Done = end >= 0;
        return Done ? end : rest.Length;
    }

    private int AdvanceContainer(ReadOnlySpan<byte> rest)
    {
        var at = rest.IndexOfAny(Structure);
        if (at < 0)
        {
            return rest.Length;
        }

        if (rest[at] is (byte)'}' or (byte)']')
        {
            _depth--;
            Done = _depth == 0;
        }
        else
        {
            Open(rest[at]);
        }

        return at + 1;
    }

    private int Open(byte first)
    {
        _inString = first == '"';
        _depth += _inString ? 0 : 1;
        return 1;
    }
}
