using TrafficAudit.Model;

namespace TrafficAudit.Index.Filtering;

/// <summary>
/// What reviewers decided, as filters and transfers ask for it: for every finding of the case within one query, so that an answer must cost no more than a look-up.
/// Any thread may ask.
/// </summary>
public interface IJudgements
{
    /// <summary>Whether nobody has decided anything, so that nothing need be asked.</summary>
    bool IsEmpty { get; }

    /// <summary>Of the findings of an item in one place of a flow; <see cref="Judgement.Open"/> when nobody has decided.</summary>
    Judgement OfFinding(long flow, PlaceDigest place);

    /// <summary>Of a transfer; <see cref="Judgement.Open"/> when nobody has decided.</summary>
    Judgement OfTransfer(string item, string recipient, string? country);
}
