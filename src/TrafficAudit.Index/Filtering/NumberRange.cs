using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>A range of numbers, both ends within.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct NumberRange(long Low, long High)
{
    private static readonly NumberRange Every = new(long.MinValue, long.MaxValue);

    public bool Contains(long value) => value >= Low && value <= High;

    /// <summary>Reads <c>404</c>, <c>=404</c>, <c>&lt;400</c>, <c>&gt;=400</c>, <c>400..499</c>, <c>400..</c> and <c>*</c>.</summary>
    /// <param name="value">The value.</param>
    /// <param name="read">Reads one number, from 0 to 10^18; null when the text is none.</param>
    /// <param name="number">What such a number is, for the fault.</param>
    /// <exception cref="FlowFilterException">It is none of these.</exception>
    public static NumberRange Parse(in FilterValue value, Func<string, long?> read, string number)
    {
        var range = FilterRange.Split(value.Text) is var (from, to)
            ? Between(from.Length == 0 ? 0 : read(from), to.Length == 0 ? long.MaxValue : read(to))
            : Bounded(value.Text, read);
        return range ?? throw new FlowFilterException(
            value.Position, $"allowed are {number}, one after <, <=, > or >=, a range 1..2 of them with both ends or one, the lower first, and *");
    }

    private static NumberRange? Between(long? low, long? high) => low <= high ? new NumberRange(low.Value, high.Value) : null;

    private static NumberRange? Bounded(string text, Func<string, long?> read)
    {
        var digits = text.TrimStart('<', '>', '=');
        var bound = text[..^digits.Length];
        return text == "*" ? Every : read(digits) is not { } number ? null : bound switch
        {
            "" or "=" => new NumberRange(number, number),
            ">" => Every with { Low = number + 1 },
            ">=" => Every with { Low = number },
            "<" => Every with { High = number - 1 },
            "<=" => Every with { High = number },
            _ => null,
        };
    }
}
