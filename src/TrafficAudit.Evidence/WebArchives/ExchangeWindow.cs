using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.WebArchives;

/// <summary>
/// Brings requests and responses together. Writers put the two next to each other in either order, or a few records apart when they write from
/// several threads; so those without their other half wait here, a bounded number of them.
/// </summary>
internal sealed class ExchangeWindow
{
    /// <summary>How many messages may wait.</summary>
    public const int Size = 256;

    private readonly List<ArchivedMessage> _waiting = [];

    /// <summary>The exchange that a message completes; or, when too many wait, the one that waited longest alone; or null.</summary>
    public (ArchivedMessage? Request, ArchivedMessage? Response)? Add(ArchivedMessage message)
    {
        var at = _waiting.FindIndex(w => w.IsRequest != message.IsRequest && AreConcurrent(w.Record, message.Record));
        if (at < 0)
        {
            at = _waiting.FindIndex(w => w.IsRequest != message.IsRequest && AreAlike(w.Record, message.Record));
        }

        if (at >= 0)
        {
            var other = _waiting[at];
            _waiting.RemoveAt(at);
            return message.IsRequest ? (message, other) : (other, message);
        }

        _waiting.Add(message);
        return _waiting.Count > Size ? TakeOldest() : null;
    }

    /// <summary>The one that waited longest, alone; null when none waits.</summary>
    public (ArchivedMessage? Request, ArchivedMessage? Response)? TakeOldest()
    {
        if (_waiting.Count == 0)
        {
            return null;
        }

        var oldest = _waiting[0];
        _waiting.RemoveAt(0);
        return oldest.IsRequest ? (oldest, null) : (null, oldest);
    }

    private static bool AreConcurrent(ArchivedRecord one, ArchivedRecord other) =>
        one.All(WarcHeaders.ConcurrentTo).Contains(other.Id, StringComparer.Ordinal)
        || other.All(WarcHeaders.ConcurrentTo).Contains(one.Id, StringComparer.Ordinal);

    /// <summary>For writers that do not say it: the same target at the same time.</summary>
    private static bool AreAlike(ArchivedRecord one, ArchivedRecord other) =>
        one[WarcHeaders.ConcurrentTo] is null && other[WarcHeaders.ConcurrentTo] is null
        && one.TargetUri == other.TargetUri && one.Date == other.Date;
}
