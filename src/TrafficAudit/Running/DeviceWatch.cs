using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Doors;
using TrafficAudit.Capture.Recording;
using TrafficAudit.Evidence;
using TrafficAudit.Model;
using TrafficAudit.Terminal;

namespace TrafficAudit.Running;

/// <summary>
/// What happens to the phones while a recording runs, on its way into the journal and to whoever watches. A change is noted on the thread of the
/// request that made it and written by a loop of its own. When the queue is full, which takes thousands of changes at once, a change is
/// missing in the journal, and the log says so.
/// </summary>
internal sealed partial class DeviceWatch : IAsyncDisposable
{
    private const int MostWaiting = 4096;

    private readonly Channel<DeviceChangedEventArgs> _changes = Channel.CreateBounded<DeviceChangedEventArgs>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });

    private readonly Pairing _pairing;
    private readonly SetupChecks _checks;
    private readonly RecordingSessions _sessions;
    private readonly EvidenceWriter _evidence;
    private readonly LiveLines _lines;
    private readonly Action _changed;
    private readonly ILogger<DeviceWatch> _logger;
    private readonly Task _writing;

    /// <param name="pairing">The devices.</param>
    /// <param name="checks">What they prove.</param>
    /// <param name="sessions">A phone's session begins when it is paired.</param>
    /// <param name="evidence">The journal.</param>
    /// <param name="lines">The terminal.</param>
    /// <param name="changed">Called after each change; must not wait.</param>
    /// <param name="logger">For what could not be written.</param>
    public DeviceWatch(
        Pairing pairing, SetupChecks checks, RecordingSessions sessions, EvidenceWriter evidence, LiveLines lines, Action changed, ILogger<DeviceWatch> logger)
    {
        _pairing = pairing;
        _checks = checks;
        _sessions = sessions;
        _evidence = evidence;
        _lines = lines;
        _changed = changed;
        _logger = logger;
        _writing = WriteAsync();
        pairing.DeviceChanged += OnDeviceChanged;
        pairing.SecretChanged += OnSecretChanged;
        checks.Passed += OnPassed;
    }

    public async ValueTask DisposeAsync()
    {
        _pairing.DeviceChanged -= OnDeviceChanged;
        _pairing.SecretChanged -= OnSecretChanged;
        _checks.Passed -= OnPassed;
        _changes.Writer.TryComplete();
        await _writing;
    }

    private void OnDeviceChanged(object? sender, DeviceChangedEventArgs e)
    {
        if (!_changes.Writer.TryWrite(e))
        {
            NotJournalled(e.Change, e.Device.Id, "too many changes at once");
        }

        _lines.Say($"Device      {e.Device.Name} ({e.Device.Id}) {Words(e.Change)}");
        _changed();
    }

    private void OnSecretChanged(object? sender, EventArgs e) => _changed();

    private void OnPassed(object? sender, SetupCheckPassedEventArgs e)
    {
        var name = _pairing.Devices.FirstOrDefault(d => d.Id == e.Client)?.Name ?? e.Client;
        _lines.Say($"Check       {name}: {Token.Of(e.Check)} passed");
        _changed();
    }

    private async Task WriteAsync()
    {
        await foreach (var change in _changes.Reader.ReadAllAsync())
        {
            var device = change.Device;
            try
            {
                var content = new JsonObject
                {
                    ["device"] = device.Id,
                    ["name"] = device.Name,
                    ["address"] = device.Addresses.FirstOrDefault()?.ToString(),
                };
                await _evidence.RecordAsync(KindOf(change.Change), content, CancellationToken.None);
                if (change.Change == DeviceChange.Paired)
                {
                    await _sessions.Of(device.Id).BeginAsync();
                }
            }
            catch (IOException e)
            {
                NotJournalled(change.Change, device.Id, e.Message);
            }
        }
    }

    private static string KindOf(DeviceChange change) => change switch
    {
        DeviceChange.Paired => JournalKinds.DevicePaired,
        DeviceChange.Moved => JournalKinds.DeviceMoved,
        DeviceChange.Renamed => JournalKinds.DeviceRenamed,
        DeviceChange.Blocked => JournalKinds.DeviceBlocked,
        _ => JournalKinds.DeviceUnblocked,
    };

    private static string Words(DeviceChange change) => change switch
    {
        DeviceChange.Paired => "is paired",
        DeviceChange.Moved => "has another address",
        DeviceChange.Renamed => "has this name now",
        DeviceChange.Blocked => "is blocked",
        _ => "is served again",
    };

    [LoggerMessage(1301, LogLevel.Error, "A change of a device ({Change}, {Device}) is missing in the journal: {Reason}")]
    private partial void NotJournalled(DeviceChange change, string device, string reason);
}
