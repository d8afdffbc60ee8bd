using System.Net;

namespace TrafficAudit.Review.Access;

/// <summary>
/// Slows guessing down: after three wrong passwords for a name, or from an address, the next one has to wait, each time twice as long, up to a minute. So
/// 1,440 passwords a day can be tried at most, and nobody is locked out of a name for longer. Bounded: a full table forgets the oldest.
/// Any thread may use it.
/// </summary>
internal sealed class SignInLimit(TimeProvider time)
{
    public const int Free = 3;
    public const int Entries = 2048;

    public static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Forgiven = TimeSpan.FromHours(1);

    private readonly Lock _tableLock = new();
    private readonly Dictionary<string, (int Wrong, DateTimeOffset Last)> _table = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How long to wait before the next password is looked at; zero: not at all. What is let through counts as wrong until <see cref="Forgive"/>.</summary>
    public TimeSpan Take(string name, IPAddress? address)
    {
        var now = time.GetUtcNow();
        lock (_tableLock)
        {
            // Counted before the password is checked: of many that come together only some get through.
            var wait = Max(WaitOf(NameKey(name), now), WaitOf(AddressKey(address), now));
            if (wait == TimeSpan.Zero)
            {
                Count(NameKey(name), now);
                Count(AddressKey(address), now);
            }

            return wait;
        }
    }

    /// <summary>The password was right.</summary>
    public void Forgive(string name, IPAddress? address)
    {
        lock (_tableLock)
        {
            _table.Remove(NameKey(name));
            _table.Remove(AddressKey(address));
        }
    }

    private static string NameKey(string name) => $"name {name.Trim()}";

    // A whole /64 of IPv6 is one subscriber's.
    private static string AddressKey(IPAddress? address) => address switch
    {
        null => "address",
        { IsIPv4MappedToIPv6: true } => $"address {address.MapToIPv4()}",
        { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6 } => $"address {Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))}",
        _ => $"address {address}",
    };

    private static TimeSpan Max(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private TimeSpan WaitOf(string key, DateTimeOffset now)
    {
        if (!_table.TryGetValue(key, out var entry) || entry.Wrong < Free)
        {
            return TimeSpan.Zero;
        }

        var pause = TimeSpan.FromSeconds(Math.Min(LongestWait.TotalSeconds, Math.Pow(2, entry.Wrong - Free + 1)));
        return Max(entry.Last + pause - now, TimeSpan.Zero);
    }

    private void Count(string key, DateTimeOffset now)
    {
        var wrong = _table.TryGetValue(key, out var entry) && now - entry.Last < Forgiven ? entry.Wrong + 1 : 1;
        if (!_table.ContainsKey(key) && _table.Count >= Entries)
        {
            _table.Remove(_table.MinBy(e => e.Value.Last).Key);
        }

        _table[key] = (wrong, now);
    }
}
