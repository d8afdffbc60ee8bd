using System.Text;
using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>Reads the tnetstrings of a flow file one after the other, each whole.</summary>
/// <param name="content">The file, from its start.</param>
/// <param name="maxFlowBytes">A longer one is passed over.</param>
internal sealed class FlowFileReader(Stream content, int maxFlowBytes)
{
    // A buffer that one large flow made grow is given back after it.
    private const int UsualBuffer = 1024 * 1024;

    private readonly BufferedStream _content = new(content, 128 * 1024);
    private long _count;
    private byte[] _buffer = [];

    /// <summary>Offset in the file of the next flow.</summary>
    public long Offset { get; private set; }

    /// <summary>
    /// The next value, whose bytes are valid until the one after it is asked for; null when it was too long, and passed over.
    /// </summary>
    /// <param name="value">The value.</param>
    /// <returns>False at the end of the file.</returns>
    /// <exception cref="ImportBreakException">There is something that is no tnetstring, or the file ends in one.</exception>
    public bool TryRead(out TnetValue? value)
    {
        value = null;
        if (Length() is not { } length)
        {
            return false;
        }

        if (length > maxFlowBytes)
        {
            PassOver(length + 1);
        }
        else
        {
            var size = (int)length + 1;
            if (size > _buffer.Length || _buffer.Length > UsualBuffer)
            {
                _buffer = new byte[Math.Max(size, UsualBuffer)];
            }

            if (_content.ReadAtLeast(_buffer.AsSpan(0, size), size, throwOnEndOfStream: false) < size)
            {
                throw Break("the file ends in it");
            }

            value = new TnetValue(_buffer.AsMemory(0, size - 1), _buffer[size - 1]);
        }

        Offset += length + 1;
        _count++;
        return true;
    }

    private long? Length()
    {
        var digits = new StringBuilder(TnetValue.MaxDigits);
        int next;
        while ((next = _content.ReadByte()) >= 0 && next != ':' && digits.Length <= TnetValue.MaxDigits)
        {
            digits.Append((char)next);
        }

        if (next < 0 && digits.Length == 0)
        {
            return null;
        }

        Offset += digits.Length + 1;
        return next == ':' && TnetValue.LengthOf(Encoding.Latin1.GetBytes(digits.ToString())) is { } length
            ? length
            : throw Break(next < 0 ? "the file ends in its length" : "it is no tnetstring");
    }

    private void PassOver(long count)
    {
        _buffer = new byte[UsualBuffer];
        while (count > 0)
        {
            var read = _content.Read(_buffer, 0, (int)Math.Min(count, _buffer.Length));
            count = read > 0 ? count - read : throw Break("the file ends in it");
        }
    }

    private ImportBreakException Break(string what) => new($"in flow {_count}, at byte {Offset}: {what}");
}
