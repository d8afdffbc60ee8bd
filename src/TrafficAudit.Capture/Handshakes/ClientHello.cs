using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>
/// What stands in a ClientHello (RFC 8446, section 4.1.2), GREASE values (RFC 8701) left out. Numbers are those of IANA's TLS registries.
/// </summary>
internal sealed record ClientHello
{
    /// <summary>The version field of old; what counts where <see cref="SupportedVersions"/> is empty.</summary>
    public required ushort LegacyVersion { get; init; }

    public required ImmutableArray<ushort> CipherSuites { get; init; }

    /// <summary>Types of the extensions in their order.</summary>
    public required ImmutableArray<ushort> Extensions { get; init; }

    /// <summary>The host_name of the server_name extension (RFC 6066, section 3); empty where there is none.</summary>
    public string ServerName { get; init; } = "";

    /// <summary>The supported_versions extension (RFC 8446, section 4.2.1).</summary>
    public ImmutableArray<ushort> SupportedVersions { get; init; } = [];

    public ImmutableArray<ushort> SignatureAlgorithms { get; init; } = [];

    /// <summary>Protocol names as bytes (RFC 7301, section 3.1), a character for each byte.</summary>
    public ImmutableArray<string> Alpn { get; init; } = [];

    /// <summary>Whether Encrypted ClientHello is offered (RFC 9849): the server name may be a cover. Clients send fakes of it, too.</summary>
    public bool OffersEncryptedClientHello => Extensions.Contains(ExtensionType.EncryptedClientHello);

    /// <summary>Whether the client could speak HTTP/1.1 or HTTP/2 inside: it names one of them, or nothing.</summary>
    public bool MaySpeakHttp => Alpn.IsEmpty || Alpn.Any(p => p is "h2" or "http/1.1");

    /// <summary>The form that flows keep.</summary>
    public TlsClientHello ToModel() => new(
        ServerName.Length == 0 ? null : ServerName,
        [.. (SupportedVersions.IsEmpty ? [LegacyVersion] : SupportedVersions).Select(VersionName)],
        [.. CipherSuites.Select(c => c.ToString("x4", null))],
        Alpn,
        Handshakes.Ja4.Of(this));

    private static string VersionName(ushort version) => version switch
    {
        0x0304 => "TLSv1.3",
        0x0303 => "TLSv1.2",
        0x0302 => "TLSv1.1",
        0x0301 => "TLSv1",
        0x0300 => "SSLv3",
        _ => $"0x{version:X4}",
    };
}

/// <summary>Extension types that are looked into (IANA, TLS ExtensionType Values).</summary>
internal static class ExtensionType
{
    public const ushort ServerName = 0x0000;
    public const ushort SignatureAlgorithms = 0x000d;
    public const ushort Alpn = 0x0010;
    public const ushort SupportedVersions = 0x002b;
    public const ushort EncryptedClientHello = 0xfe0d;
}
