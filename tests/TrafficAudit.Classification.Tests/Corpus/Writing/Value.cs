using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>A value as it is laid into a message, with the builder's knowledge of what it holds.</summary>
/// <param name="Content">A string, a byte array, a decimal, a bool, or null.</param>
/// <param name="Places">What is in it and where; empty for nothing personal.</param>
internal sealed record Value(object? Content, ImmutableArray<Placed> Places)
{
    /// <summary>Its text; numbers as JSON writes them.</summary>
    public string Text => Content switch
    {
        string text => text,
        byte[] bytes => Encoding.UTF8.GetString(bytes),
        bool flag => flag ? "true" : "false",
        null => "null",
        _ => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Content}"),
    };

    /// <summary>Its bytes; of a text those in UTF-8.</summary>
    public byte[] Bytes => Content as byte[] ?? Encoding.UTF8.GetBytes(Text);

    public static implicit operator Value(string text) => new(text, []);

    /// <summary>A value that is an item.</summary>
    public static Value Of(string item, object content, Evidence evidence, FindingState state = FindingState.Clear) =>
        new(content, [new Placed(new Mark(item) { Evidence = evidence, State = state }, "")]);

    /// <summary>The same marks on other content.</summary>
    public Value With(object content) => this with { Content = content };

    /// <summary>The same marks on other content that hides the value from a reader, as base64 does.</summary>
    public Value Hidden(object content) => new(content, Changed(FindingState.Clear, FindingState.Encoded));

    /// <summary>The same marks on a digest.</summary>
    public Value Hashed(object content) => new(content, [.. Places.Select(placed => placed with { Mark = placed.Mark with { State = FindingState.Hashed } })]);

    /// <summary>The same value where something else makes it recognisable.</summary>
    public Value By(Evidence evidence) => this with { Places = [.. Places.Select(placed => placed with { Mark = placed.Mark with { Evidence = evidence } })] };

    /// <summary>The same items in a text that nothing takes apart.</summary>
    public Value Flat() => this with { Places = [.. Places.Select(placed => placed with { Path = "" })] };

    /// <summary>The same value at an endpoint whose rule says what it is; a rare known one is known anywhere.</summary>
    public Value AtEndpoint() => Places.Any(placed => placed.Mark.Evidence == Evidence.Known) ? this : By(Evidence.Endpoint);

    /// <summary>The same value where no key stands beside it: somebody's is nothing that anybody could recognise, and so is no label.</summary>
    public Value AtKnownOnly() => Places.Any(placed => placed.Mark.Evidence == Evidence.Known) ? this : this with { Places = [] };

    /// <summary>Also another item.</summary>
    public Value And(Value other) => this with { Places = [.. Places, .. other.Places] };

    private ImmutableArray<Placed> Changed(FindingState from, FindingState to) =>
        [.. Places.Select(placed => placed.Mark.State == from ? placed with { Mark = placed.Mark with { State = to } } : placed)];
}
