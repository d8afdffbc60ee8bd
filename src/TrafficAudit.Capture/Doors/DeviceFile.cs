using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using TrafficAudit.Capture.Certificates;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// The paired devices on disk (<c>devices.json</c> of the home folder). A file that can't be read is kept aside and costs the phones one
/// more pairing; one that can't be written costs it at the next start. Two programs with one home overwrite each other's additions.
/// </summary>
internal sealed partial class DeviceFile(HomeFolder home, TimeProvider clock, ILogger logger)
{
    public const string Name = "devices.json";

    // Version 1 got "blocked" later: files without it are read, and an earlier program ignores it.
    private const int Version = 1;
    private const int LargestFile = 4 * 1024 * 1024;

    public ImmutableArray<PairedDevice> Load()
    {
        try
        {
            return home.Read(Name, LargestFile) is { } content ? Parse(content) : [];
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidDataException)
        {
            KeepAside(e.Message.ReplaceLineEndings(" "));
            return [];
        }
    }

    /// <returns>False when the file could not be written, which was logged.</returns>
    public bool Save(ImmutableArray<PairedDevice> devices)
    {
        var rows = devices.Select(d => new Row(
            d.Device.Id,
            d.Device.Name,
            d.Device.PairedAt,
            Convert.ToHexStringLower(d.CookieHash.AsSpan()),
            [.. d.Device.Addresses.Select(a => a.ToString())],
            d.Device.IsBlocked ? true : null));
        try
        {
            home.Replace(Name, JsonSerializer.SerializeToUtf8Bytes(new Content(Version, [.. rows]), DeviceJson.Default.Content));
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            NotSaved(logger, home.PathOf(Name), e.Message.ReplaceLineEndings(" "));
            return false;
        }
    }

    private static ImmutableArray<PairedDevice> Parse(byte[] content)
    {
        var read = JsonSerializer.Deserialize(content, DeviceJson.Default.Content);
        return read is { Version: Version, Devices: { } rows }
            ? [.. rows.Select(Parse)]
            : throw new FormatException($"it is no list of devices of version {Version}");
    }

    private static PairedDevice Parse(Row? row)
    {
        if (row is not { Id: not null, CookieSha256.Length: 64, Addresses: { } addresses })
        {
            throw new FormatException("a device is incomplete");
        }

        var parsed = addresses.Select(a => ClientAddress.Normal(IPAddress.Parse(a ?? "")));
        var device = new Device(row.Id, DeviceName.Clean(row.Name), [.. parsed], row.PairedAt.ToUniversalTime(), row.Blocked ?? false);
        return new PairedDevice(device, [.. Convert.FromHexString(row.CookieSha256)]);
    }

    private void KeepAside(string why)
    {
        var aside = home.PathOf($"devices.damaged-{clock.GetUtcNow():yyyyMMdd'T'HHmmss'.'fff'Z'}.json");
        try
        {
            File.Move(home.PathOf(Name), aside, overwrite: false);
            Damaged(logger, home.PathOf(Name), why, aside);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var problem = e.Message.ReplaceLineEndings(" ");
            throw new IOException($"{home.PathOf(Name)} can't be read ({why}) and not be kept aside ({problem}): move it away", e);
        }
    }

    [LoggerMessage(2101, LogLevel.Warning, "{Path} can't be read: {Why}. It is kept as {Aside}; the phones have to be paired again")]
    private static partial void Damaged(ILogger logger, string path, string why, string aside);

    [LoggerMessage(2102, LogLevel.Warning, "{Path} can't be written: {Why}. After a restart the phones have to be paired again")]
    private static partial void NotSaved(ILogger logger, string path, string why);

    internal sealed record Content(int Version, ImmutableArray<Row?>? Devices);

    internal sealed record Row(
        string? Id,
        string? Name,
        DateTimeOffset PairedAt,
        [property: JsonPropertyName("cookie_sha256")] string? CookieSha256,
        ImmutableArray<string?>? Addresses,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Blocked = null);
}

/// <summary>A device with what it proves itself by: the SHA-256 of its cookie, never the cookie.</summary>
internal sealed record PairedDevice(Device Device, ImmutableArray<byte> CookieHash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true)]
[JsonSerializable(typeof(DeviceFile.Content))]
internal sealed partial class DeviceJson : JsonSerializerContext;
