using System.Collections.Concurrent;

namespace TrafficAudit.Capture.Doors;

/// <summary>A client has passed a check for the first time.</summary>
public sealed class SetupCheckPassedEventArgs(string client, SetupCheck check) : EventArgs
{
    /// <summary>A device's id, or an address.</summary>
    public string Client { get; } = client;

    /// <summary>Which.</summary>
    public SetupCheck Check { get; } = check;
}

/// <summary>
/// What each client has proved since the program started. A client is a device's id, or an address where devices are not paired. Safe for use
/// by several threads.
/// </summary>
public sealed class SetupChecks
{
    private readonly ConcurrentDictionary<(string Client, SetupCheck Check), byte> _passed = new();

    /// <summary>Raised once for each client and check, when it passes, on the thread that found it. Handlers must not throw.</summary>
    public event EventHandler<SetupCheckPassedEventArgs>? Passed;

    /// <summary>Whether <paramref name="client"/> has passed <paramref name="check"/>.</summary>
    public bool HasPassed(string client, SetupCheck check) => _passed.ContainsKey((client, check));

    /// <summary>Notes that it has.</summary>
    public void Pass(string client, SetupCheck check)
    {
        if (_passed.TryAdd((client, check), 0))
        {
            Passed?.Invoke(this, new SetupCheckPassedEventArgs(client, check));
        }
    }
}
