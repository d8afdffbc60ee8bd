using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>What a filter says of one finding of a flow that it lets through.</summary>
/// <param name="Named">By which aspects it tells findings apart.</param>
/// <param name="Matched">By which of them it means this one.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FindingMeaning(FindingAspects Named, FindingAspects Matched)
{
    /// <summary>Whether the finding is meant: by every aspect that is named at all.</summary>
    public bool IsMeant => Named == Matched;

    /// <summary>Terms of one aspect are alternatives (<c>item:phone item:email</c>: both are meant), those of different ones all have to match.</summary>
    public FindingMeaning Or(FindingMeaning other) => new(Named | other.Named, Matched | other.Matched);
}

/// <summary>By what a filter tells findings apart.</summary>
[Flags]
internal enum FindingAspects
{
    None = 0,
    Item = 1,
    Detector = 2,
    State = 4,
    Confidence = 8,
    Decision = 16,
    Assigned = 32,
    Tag = 64,
}
