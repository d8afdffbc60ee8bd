using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>An item and a recipient in two sessions: what is held side by side, since a country may be what changed.</summary>
/// <param name="Item">The item.</param>
/// <param name="Recipient">The organisation.</param>
/// <param name="Left">In the first session; null when it is not in it.</param>
/// <param name="Right">In the second; null when it is not in it.</param>
public sealed record ComparedTransfer(string Item, string Recipient, TransferCell? Left, TransferCell? Right)
{
    /// <summary>What became of it.</summary>
    public TransferChange Change => (Left, Right) switch
    {
        (null, _) => TransferChange.Added,
        (_, null) => TransferChange.Gone,
        _ when HasOtherCountries || HasOtherStates || HasOtherFirstPhase => TransferChange.Changed,
        var (left, right) when left.Flows != right.Flows => TransferChange.Counts,
        _ => TransferChange.Same,
    };

    /// <summary>Whether it went to other countries.</summary>
    public bool HasOtherCountries => Left is not null && Right is not null && !Left.Countries.SequenceEqual(Right.Countries, StringComparer.Ordinal);

    /// <summary>Whether it went in other states.</summary>
    public bool HasOtherStates => Left is not null && Right is not null && !Left.States.SequenceEqual(Right.States);

    /// <summary>Whether it first happened in another phase.</summary>
    public bool HasOtherFirstPhase => Left is not null && Right is not null && Left.FirstPhase != Right.FirstPhase;

    /// <summary>The transfers of two sessions, what changed before what did not.</summary>
    public static ImmutableArray<ComparedTransfer> Of(IReadOnlyList<Transfer> left, IReadOnlyList<Transfer> right)
    {
        var (before, after) = (Cells(left), Cells(right));
        return
        [
            .. before.Keys.Union(after.Keys)
                .Select(k => new ComparedTransfer(k.Item, k.Recipient, before.GetValueOrDefault(k), after.GetValueOrDefault(k)))
                .OrderBy(c => c.Change)
                .ThenBy(c => c.Item, StringComparer.Ordinal)
                .ThenBy(c => c.Recipient, StringComparer.Ordinal),
        ];
    }

    private static Dictionary<(string Item, string Recipient), TransferCell> Cells(IReadOnlyList<Transfer> transfers) =>
        transfers.GroupBy(t => (t.Item, t.Recipient)).ToDictionary(g => g.Key, g => new TransferCell([.. g]));
}
