using TrafficAudit.Classification.Tests.Corpus.Writing;

namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>A way in which one value travels, between things that apps send anyway and that are nobody's data.</summary>
/// <param name="Name">What it is called in reports.</param>
/// <param name="Carry">Makes a message with a value under a key.</param>
/// <param name="Keys">Which keys come through.</param>
internal sealed record Carrier(string Name, Func<Chance, string, Value, LabelledMessage> Carry, CarriedKeys Keys = CarriedKeys.Any)
{
    /// <summary>Whether <paramref name="key"/> stands in the message as it is.</summary>
    public bool Shows(string key) => Keys == CarriedKeys.Any || (Keys == CarriedKeys.Names && key.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'));
}
