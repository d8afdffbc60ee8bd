using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Pages;

/// <summary>Transfers as items against recipients, those with the most flows first, and bounded: a page of more can't be read.</summary>
internal sealed class TransferGrid
{
    /// <summary>How many items and how many recipients are shown.</summary>
    public const int Most = 60;

    private readonly Dictionary<(string Item, string Recipient), TransferCell> _cells;

    /// <param name="transfers">The transfers, in any order.</param>
    public TransferGrid(IReadOnlyList<Transfer> transfers)
    {
        (Items, MoreItems) = Largest(transfers, t => t.Item);
        (Recipients, MoreRecipients) = Largest(transfers, t => t.Recipient);
        _cells = transfers.GroupBy(t => (t.Item, t.Recipient)).ToDictionary(g => g.Key, g => new TransferCell([.. g]));
    }

    /// <summary>The rows.</summary>
    public ImmutableArray<string> Items { get; }

    /// <summary>The columns.</summary>
    public ImmutableArray<string> Recipients { get; }

    /// <summary>How many items are left out.</summary>
    public int MoreItems { get; }

    /// <summary>How many recipients are left out.</summary>
    public int MoreRecipients { get; }

    /// <summary>What of an item went to a recipient; null for nothing.</summary>
    public TransferCell? this[string item, string recipient] => _cells.GetValueOrDefault((item, recipient));

    private static (ImmutableArray<string> Shown, int More) Largest(IReadOnlyList<Transfer> transfers, Func<Transfer, string> name)
    {
        var names = transfers.GroupBy(name, StringComparer.Ordinal)
            .OrderByDescending(g => g.Sum(t => t.Flows.Length))
            .ThenBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => g.Key)
            .ToList();
        return ([.. names.Take(Most)], Math.Max(0, names.Count - Most));
    }
}
