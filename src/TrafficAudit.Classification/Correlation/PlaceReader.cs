using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>Names the places of one flow's values, by a digest for looking up and in words for people. One thread at a time.</summary>
internal sealed class PlaceReader
{
    private readonly StringBuilder _text = new();
    private char[] _buffer = new char[512];
    private string _host = "";
    private string _endpoint = "";
    private int _start;

    /// <summary>Begins a flow.</summary>
    public void Begin(FlowRecord flow)
    {
        _host = flow.Metadata.Host;
        _endpoint = flow.Request is { } request ? PathTemplate.OfTarget(TargetOf(request.Head.Span)) : "";
        _text.Clear().Append(_host).Append('\n').Append(_endpoint).Append('\n');
        _start = _text.Length;
    }

    /// <summary>The digest of a field's place; of two places it is the same by a chance of 2^-128.</summary>
    public UInt128 DigestOf(Field field)
    {
        _text.Length = _start;
        _text.Append((char)('a' + (int)field.Message)).Append((char)('a' + (int)field.Part)).Append('\n');
        PathTemplate.Append(_text, field);
        if (_text.Length > _buffer.Length)
        {
            _buffer = new char[Math.Max(_text.Length, 2 * _buffer.Length)];
        }

        var text = _buffer.AsSpan(0, _text.Length);
        _text.CopyTo(0, text, text.Length);
        return XxHash128.HashToUInt128(MemoryMarshal.AsBytes(text));
    }

    /// <summary>The place whose digest was asked for last.</summary>
    public CorrelationPlace NameOf(Field field) =>
        new(_host, _endpoint, field.Message, field.Part, _text.ToString(_start + 3, _text.Length - _start - 3));

    private static string TargetOf(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return HttpHead.Parse(end < 0 ? head : head[..(end + 1)]).Target;
    }
}
