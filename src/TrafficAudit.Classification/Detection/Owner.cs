using TrafficAudit.Classification.Taxonomy;

namespace TrafficAudit.Classification.Detection;

/// <summary>Whose value it is, by the keys above.</summary>
/// <param name="IsPerson">
/// A word for the person stands in the key or in the step right above it; no higher, as <c>user.data[0].name</c> is a data provider's.
/// </param>
/// <param name="IsForeign">The nearest such word is for somebody else.</param>
/// <param name="IsFilter">The step right above is a thing or a choice.</param>
/// <param name="IsDevice">The step right above is the phone.</param>
internal readonly record struct Owner(bool IsPerson, bool IsForeign, bool IsFilter, bool IsDevice = false)
{
    /// <summary>Whether the item is somebody else's. A shop and an app have no advertising ID: in <c>app.gaid</c> it is the phone's.</summary>
    public bool IsForeignTo(string item) => IsForeign && ItemTaxonomy.Find(item)?.Group is not "device_id";
}
