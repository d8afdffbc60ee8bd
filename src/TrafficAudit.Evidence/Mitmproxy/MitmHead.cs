using System.Buffers;
using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>Writes a head as HTTP/1.1 text from the pairs of bytes that a flow file has, which are those of the wire.</summary>
internal sealed class MitmHead
{
    private const int MaxBytes = 8 * 1024 * 1024;

    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <summary>Begins a head.</summary>
    public MitmHead(string startLine) => Write($"{startLine}\r\n");

    /// <summary>Fields whose names are no names; they can't be written.</summary>
    public int LeftOut { get; private set; }

    /// <summary>Whether a field of this name was written.</summary>
    public bool Has(string name) => HttpHead.Parse(_bytes.WrittenSpan)[name] is not null;

    /// <summary>Writes one field.</summary>
    /// <exception cref="UnusableEntryException">The head is too long.</exception>
    public void Add(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (_bytes.WrittenCount + name.Length + value.Length > MaxBytes)
        {
            throw new UnusableEntryException($"headers: a message's head is longer than {MaxBytes} bytes");
        }

        if (!HttpText.IsToken(Encoding.Latin1.GetString(name)))
        {
            LeftOut++;
            return;
        }

        _bytes.Write(name);
        _bytes.Write(": "u8);

        // RFC 9110, section 5.5: whoever gets CR, LF or NUL in a value replaces each with a space.
        var clean = value.ToArray();
        clean.AsSpan().ReplaceAny(SearchValues.Create("\r\n\0"u8), (byte)' ');
        _bytes.Write(clean);
        _bytes.Write("\r\n"u8);
    }

    /// <summary>Writes a list of pairs.</summary>
    /// <exception cref="UnusableEntryException">The head is too long, or the bytes are no tnetstring.</exception>
    public void Add(TnetValue fields)
    {
        foreach (var field in fields.Items())
        {
            TnetValue[] pair = [.. field.Items().Take(2)];
            if (pair.Length == 2)
            {
                Add(pair[0].Bytes.Span, pair[1].Bytes.Span);
            }
        }
    }

    /// <summary>The head with its closing empty line.</summary>
    public byte[] Complete()
    {
        Write("\r\n");
        return _bytes.WrittenSpan.ToArray();
    }

    private void Write(string text) => _bytes.Write(Encoding.UTF8.GetBytes(text));
}
