using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Where the bytes that a decoder looks at come from: what its fields inherit.</summary>
/// <param name="Part">The part of the message.</param>
/// <param name="Parent">The field that holds them; null at the top of a part.</param>
/// <param name="Decodings">What was undone so far.</param>
/// <param name="Start">Where they start in the part, or where the outermost encoded text that holds them does; -1 when not known.</param>
/// <param name="Length">Length of that encoded text; unused while <paramref name="Exact"/>.</param>
/// <param name="Exact">True while the bytes are the transferred ones, so that every offset in them is one in the part.</param>
internal readonly record struct Scope(MessagePart Part, Field? Parent, ImmutableArray<string> Decodings, int Start, int Length, bool Exact)
{
    /// <summary>The transferred bytes of a part from its byte <paramref name="start"/> on.</summary>
    public static Scope Of(MessagePart part, int start = 0) => new(part, null, [], start, 0, Exact: true);

    /// <summary>What is decoded from the text of <paramref name="field"/>.</summary>
    public static Scope Under(Field field) => new(field.Part, field, field.Decodings, field.Start, field.Length, Exact: false);

    /// <summary>The same bytes, held by <paramref name="container"/>.</summary>
    public Scope Inside(Field container) => this with { Parent = container, Decodings = container.Decodings };

    /// <summary>Bytes that start <paramref name="offset"/> further on.</summary>
    public Scope Skip(int offset) => Exact ? this with { Start = Start + offset } : this;

    /// <summary>Other bytes, decoded from <paramref name="length"/> of these at <paramref name="offset"/>.</summary>
    public Scope Replaced(int offset, int length) => Exact ? this with { Start = Start + offset, Length = length, Exact = false } : this;

    /// <summary>Other bytes, in which no place can be given (a compressed body).</summary>
    public Scope Unplaced() => Exact ? this with { Start = -1, Length = 0, Exact = false } : this;
}
