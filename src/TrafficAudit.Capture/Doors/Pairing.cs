using System.Buffers.Text;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Certificates;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// The paired devices and the secret that pairs the next one. A secret is good for 10 minutes and one pairing, then comes another.
/// Devices are kept in the home folder. Safe for use by several threads.
/// </summary>
public sealed class Pairing : IDisposable
{
    private const int SecretBytes = 16;
    private const int CookieBytes = 32;
    private const int MostDevices = 1000;
    private const int MostAddresses = 8;

    private static readonly TimeSpan SecretLifetime = TimeSpan.FromMinutes(10);

    private readonly TimeProvider _clock;
    private readonly RandomNumberGenerator _random;
    private readonly DeviceFile _file;

    private readonly Lock _stateLock = new();
    private readonly GuessLimit _guesses = new();
    private readonly ITimer _expiry;
    private readonly Dictionary<string, CancellationTokenSource> _blocking = new(StringComparer.Ordinal);
    private ImmutableArray<PairedDevice> _devices;

    // Written under the lock, read without: every connection asks for its device.
    private volatile PairingSecret _current;
    private volatile FrozenDictionary<IPAddress, Device> _byAddress;
    private volatile FrozenSet<string> _blocked;

    /// <summary>Loads the devices of <paramref name="home"/> and makes the first secret.</summary>
    /// <exception cref="IOException">The home folder can't be used. (A damaged list of devices is kept aside with a warning instead.)</exception>
    /// <exception cref="UnauthorizedAccessException">The home folder can't be read.</exception>
    public Pairing(string home, TimeProvider clock, RandomNumberGenerator random, ILogger<Pairing> logger)
    {
        _clock = clock;
        _random = random;
        _file = new DeviceFile(HomeFolder.Open(home), clock, logger);
        _devices = _file.Load();
        _byAddress = Index(_devices);
        _blocked = Blocked(_devices);
        _current = NewSecret();
        _expiry = clock.CreateTimer(_ => RenewExpired(), null, SecretLifetime, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// Raised when <see cref="Current"/> has changed, after a pairing or on expiry, outside of every lock and on the thread that caused it.
    /// Handlers must not throw.
    /// </summary>
    public event EventHandler? SecretChanged;

    /// <summary>Raised after a device has changed, outside of every lock and on the thread that changed it. Handlers must not throw.</summary>
    public event EventHandler<DeviceChangedEventArgs>? DeviceChanged;

    /// <summary>Whether the last change is on disk; a file that can't be written was logged.</summary>
    public bool IsSaved { get; private set; } = true;

    /// <summary>The secret to show now.</summary>
    public PairingSecret Current => _current;

    /// <summary>Every paired device, in the order of pairing.</summary>
    public ImmutableArray<Device> Devices
    {
        get
        {
            lock (_stateLock)
            {
                return [.. _devices.Select(d => d.Device)];
            }
        }
    }

    /// <summary>The device that comes from an address; null when none does. Cheap.</summary>
    public Device? DeviceOf(IPAddress address) => _byAddress.GetValueOrDefault(ClientAddress.Normal(address));

    /// <summary>Whom what is learnt of a client belongs to: its device's id, or its address when it is no paired one.</summary>
    public string KeyOf(IPAddress address) => DeviceOf(address)?.Id ?? ClientAddress.Normal(address).ToString();

    /// <summary>Whether a device is blocked. Cheap.</summary>
    public bool IsBlocked(string id) => _blocked.Contains(id);

    /// <summary>Cancelled when a device is blocked; cancelled already when it is.</summary>
    public CancellationToken BlockingOf(string id)
    {
        lock (_stateLock)
        {
            if (_blocked.Contains(id))
            {
                return new CancellationToken(canceled: true);
            }

            if (!_blocking.TryGetValue(id, out var source))
            {
                _blocking[id] = source = new CancellationTokenSource();
            }

            return source.Token;
        }
    }

    /// <summary>Pairs a phone that shows the current secret. Five wrong secrets from one address close it for 10 minutes.</summary>
    /// <param name="secret">What it shows; anything.</param>
    /// <param name="address">Where it comes from; taken away from the device that had it before.</param>
    /// <param name="deviceName">What its user calls it; anything (see <see cref="Device.Name"/>).</param>
    public PairOutcome TryPair(string? secret, IPAddress address, string? deviceName)
    {
        PairOutcome outcome;
        lock (_stateLock)
        {
            var now = _clock.GetUtcNow();
            if (_guesses.IsReached(address, now))
            {
                return new PairOutcome(PairResult.TooManyGuesses);
            }

            if (now >= _current.Expires || !SameSecret(secret, _current.Value))
            {
                _guesses.CountWrong(address, now);
                return new PairOutcome(PairResult.WrongSecret);
            }

            outcome = AddDevice(address, DeviceName.Clean(deviceName), now);
            ReplaceSecret();
        }

        SecretChanged?.Invoke(this, EventArgs.Empty);
        DeviceChanged?.Invoke(this, new DeviceChangedEventArgs(DeviceChange.Paired, outcome.Device!));
        return outcome;
    }

    /// <summary>Gives a paired phone its new address.</summary>
    /// <returns>The device, or null when no device has this cookie.</returns>
    public Device? TryPairAgain(string? cookie, IPAddress address)
    {
        if (HashOf(cookie) is not { } hash)
        {
            return null;
        }

        var source = ClientAddress.Normal(address);
        Device moved;
        lock (_stateLock)
        {
            var found = _devices.FirstOrDefault(d => CryptographicOperations.FixedTimeEquals(d.CookieHash.AsSpan(), hash));
            if (found is null || found.Device.Addresses.FirstOrDefault()?.Equals(source) == true)
            {
                return found?.Device;
            }

            moved = found.Device with { Addresses = [source, .. found.Device.Addresses.Remove(source).Take(MostAddresses - 1)] };
            Store(_devices.Replace(found, found with { Device = moved }), moved.Id, source);
        }

        DeviceChanged?.Invoke(this, new DeviceChangedEventArgs(DeviceChange.Moved, moved));
        return moved;
    }

    /// <summary>Gives a device another name; anything (see <see cref="Device.Name"/>). False when no device has this id.</summary>
    public bool Rename(string id, string? name) => Change(id, DeviceChange.Renamed, d => d with { Name = DeviceName.Clean(name) });

    /// <summary>
    /// Blocks a device: nothing of it is forwarded any more, whatever address it comes from, and <see cref="BlockingOf"/> is cancelled. False
    /// when no device has this id.
    /// </summary>
    public bool Block(string id)
    {
        if (!Change(id, DeviceChange.Blocked, d => d with { IsBlocked = true }))
        {
            return false;
        }

        CancellationTokenSource? source;
        lock (_stateLock)
        {
            // It may have been unblocked in between; then what is under way stays.
            source = _blocked.Contains(id) && _blocking.Remove(id, out var found) ? found : null;
        }

        source?.Cancel();
        return true;
    }

    /// <summary>Serves a blocked device again. False when no device has this id.</summary>
    public bool Unblock(string id) => Change(id, DeviceChange.Unblocked, d => d with { IsBlocked = false });

    /// <inheritdoc/>
    public void Dispose()
    {
        _expiry.Dispose();
        foreach (var source in _blocking.Values)
        {
            source.Dispose();
        }
    }

    private static bool SameSecret(string? shown, string expected) =>
        HashOf(shown) is { } hash && CryptographicOperations.FixedTimeEquals(hash, HashOf(expected));

    private static byte[]? HashOf(string? text) => text is { Length: > 0 and <= 128 } ? SHA256.HashData(Encoding.UTF8.GetBytes(text)) : null;

    private static FrozenDictionary<IPAddress, Device> Index(ImmutableArray<PairedDevice> devices)
    {
        // Later pairings win, should a file that was edited by hand give an address to two.
        var index = new Dictionary<IPAddress, Device>();
        foreach (var device in devices)
        {
            foreach (var address in device.Device.Addresses)
            {
                index[address] = device.Device;
            }
        }

        return index.ToFrozenDictionary();
    }

    private static FrozenSet<string> Blocked(ImmutableArray<PairedDevice> devices) =>
        devices.Where(d => d.Device.IsBlocked).Select(d => d.Device.Id).ToFrozenSet(StringComparer.Ordinal);

    private bool Change(string id, DeviceChange change, Func<Device, Device> with)
    {
        Device changed;
        lock (_stateLock)
        {
            var found = _devices.FirstOrDefault(d => d.Device.Id == id);
            if (found is null)
            {
                return false;
            }

            changed = with(found.Device);
            if (changed == found.Device)
            {
                return true;
            }

            Store(_devices.Replace(found, found with { Device = changed }));
        }

        DeviceChanged?.Invoke(this, new DeviceChangedEventArgs(change, changed));
        return true;
    }

    private PairOutcome AddDevice(IPAddress address, string name, DateTimeOffset now)
    {
        var cookie = Base64Url.EncodeToString(RandomBytes(CookieBytes));
        var source = ClientAddress.Normal(address);
        var device = new Device($"device-{Convert.ToHexStringLower(RandomBytes(6))}", name, [source], now);
        var kept = _devices.Length < MostDevices ? _devices : _devices.RemoveAt(0);
        Store(kept.Add(new PairedDevice(device, [.. HashOf(cookie)!])), device.Id, source);
        return new PairOutcome(PairResult.Paired, device, cookie);
    }

    /// <summary>Takes the new list over; when <paramref name="owner"/> now has <paramref name="address"/>, the others lose it.</summary>
    private void Store(ImmutableArray<PairedDevice> changed, string? owner = null, IPAddress? address = null)
    {
        _devices = address is null
            ? changed
            : [.. changed.Select(d => d.Device.Id == owner || !d.Device.Addresses.Contains(address)
                ? d
                : d with { Device = d.Device with { Addresses = d.Device.Addresses.Remove(address) } })];
        _byAddress = Index(_devices);
        _blocked = Blocked(_devices);
        IsSaved = _file.Save(_devices);
    }

    private void RenewExpired()
    {
        lock (_stateLock)
        {
            // A pairing just before may have made a new secret, and the wall clock may have been set back or lag behind the timer.
            var left = _current.Expires - _clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                _expiry.Change(left < SecretLifetime ? left : SecretLifetime, Timeout.InfiniteTimeSpan);
                return;
            }

            ReplaceSecret();
        }

        SecretChanged?.Invoke(this, EventArgs.Empty);
    }

    private void ReplaceSecret()
    {
        _current = NewSecret();
        _expiry.Change(SecretLifetime, Timeout.InfiniteTimeSpan);
    }

    private PairingSecret NewSecret() => new(Base64Url.EncodeToString(RandomBytes(SecretBytes)), _clock.GetUtcNow() + SecretLifetime);

    private byte[] RandomBytes(int count)
    {
        var bytes = new byte[count];
        _random.GetBytes(bytes);
        return bytes;
    }
}
