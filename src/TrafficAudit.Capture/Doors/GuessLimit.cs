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

    private readonly Dictionary<IPAddress, (int Wrong, DateTimeOffset Since)> table = [];

    public int Count => table.Count;

    public bool IsReached(IPAddress address, DateTimeOffset now)
    {
        var source = ClientAddress.Source(address);
        if (!table.TryGetValue(source, out var guesses))
        {
            return false;
        }

        if (now - guesses.Since < Window)
        {
            return guesses.Wrong >= Guesses;
        }

        table.Remove(source);
        return false;
    }

    public void CountWrong(IPAddress address, DateTimeOffset now)
    {
        var source = ClientAddress.Source(address);
        if (table.TryGetValue(source, out var guesses))
        {
            table[source] = (guesses.Wrong + 1, guesses.Since);
            return;
        }

        if (table.Count >= Sources)
        {
            table.Remove(table.MinBy(e => e.Value.Since).Key);
        }

        table[source] = (1, now);
    }
}
