namespace TrafficAudit.Classification.Taxonomy;

/// <summary>A kind of personal data.</summary>
/// <param name="Slug">Its stable word in files and output (<c>postal_address</c>).</param>
/// <param name="English">What it is called in English, in mid-sentence.</param>
/// <param name="Korean">What it is called in Korean, in the Act's words where it has them.</param>
/// <param name="Group">What it is about: <c>contact</c>, <c>national_id</c>, <c>device_id</c> …</param>
/// <param name="PipaClass">Its class under the Korean Personal Information Protection Act: <c>G</c>, <c>U24</c>, <c>R24-2</c>, <c>S23</c>.</param>
/// <param name="StoredEncrypted">Whether the Act's safety standard wants it stored encrypted.</param>
/// <param name="IsWeak">Whether so few values are usual that meeting a known one says little.</param>
/// <param name="IsPersonal">Whether it is personal data by itself. Findings of others (an app's version) are shown and never counted.</param>
public sealed record TaxonomyItem(
    string Slug, string English, string Korean, string Group, string PipaClass, bool StoredEncrypted, bool IsWeak, bool IsPersonal);
