using System.Net;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// Counts wrong secrets by source, so that nobody guesses at leisure. Not safe for use by several threads. The table is bounded: a full
/// one forgets the oldest source, which costs nothing, since 128 bits can't be guessed from any number of addresses.
/// </summary>
internal sealed class GuessLimit
{
    public const int Guesses = 5;
    public const int Sources = 1024;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(10);

    private readonly Dictionary<IPAddress, (int Wrong, DateTimeOffset Since)> _table = [];

    public int Count => _table.Count;

    public bool IsReached(IPAddress address, DateTimeOffset now)
    {
        var source = ClientAddress.Source(address);
        if (!_table.TryGetValue(source, out var guesses))
        {
            return false;
        }

        if (now - guesses.Since < Window)
        {
            return guesses.Wrong >= Guesses;
        }

        _table.Remove(source);
        return false;
    }

    public void CountWrong(IPAddress address, DateTimeOffset now)
    {
        var source = ClientAddress.Source(address);
        if (_table.TryGetValue(source, out var guesses))
        {
            _table[source] = (guesses.Wrong + 1, guesses.Since);
            return;
        }

        if (_table.Count >= Sources)
        {
            _table.Remove(_table.MinBy(e => e.Value.Since).Key);
        }

        _table[source] = (1, now);
    }
}
