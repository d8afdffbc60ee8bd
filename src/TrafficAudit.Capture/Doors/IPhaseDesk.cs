namespace TrafficAudit.Capture.Doors;

/// <summary>Lets the tester say on the phone what happens there from now on.</summary>
public interface IPhaseDesk
{
    /// <summary>The phase that a device's session is in; null before one was set.</summary>
    string? PhaseOf(Device device);

    /// <summary>Sets it, and notes in the journal that the device's tester did.</summary>
    /// <param name="device">Whose session; it begins with that if it has not yet.</param>
    /// <param name="phase">The label (<see cref="Model.PhaseLabel.Of"/>).</param>
    /// <param name="cancellation">Ends the wait for the journal.</param>
    /// <exception cref="IOException">The journal can't be written.</exception>
    Task SetPhaseAsync(Device device, string phase, CancellationToken cancellation);
}
