namespace TrafficAudit.Review.Tests;

/// <summary>One invented phone.</summary>
internal sealed class FakeDevices : IDeviceSource
{
    public DeviceRow Row { get; set; } = new("device-0123456789ab", "phone", ["192.0.2.10"], new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), Blocked: false)
    {
        Checks = [new DeviceCheck("proxy_reached", Passed: true), new DeviceCheck("ca_trusted", Passed: false)],
    };

    public PairingOffer Pairing { get; } = new(
        new Uri("http://192.0.2.1:8080/pair?s=invented"), new DateTimeOffset(2026, 1, 2, 3, 14, 5, TimeSpan.Zero), "<svg xmlns=\"http://www.w3.org/2000/svg\"/>");

    public IReadOnlyList<DeviceRow> List() => [Row];

    public void Rename(string id, string name) => Row = Known(id) with { Name = name };

    public void SetBlocked(string id, bool isBlocked) => Row = Known(id) with { Blocked = isBlocked };

    private DeviceRow Known(string id) => id == Row.Id ? Row : throw new RejectedRequestException($"There is no device {id}.");
}
