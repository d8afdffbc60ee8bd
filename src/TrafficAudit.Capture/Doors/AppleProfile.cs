using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Xml;

namespace TrafficAudit.Capture.Doors;

/// <summary>
/// A configuration profile for iOS (Apple, "Configuration Profile Reference", 2019: profile keys, Certificate Payload, Wi-Fi Payload; a property
/// list in XML): the authority, and for a named Wi-Fi network the proxy. The same authority and network give the same identifiers, so that
/// installing it again replaces what is there.
/// </summary>
internal static class AppleProfile
{
    public const string ContentType = "application/x-apple-aspen-config";

    private const string Organisation = "TrafficAudit";
    private const string Prefix = "test.audit.trafficaudit";
    private const int LongestNetworkName = 32;

    /// <summary>
    /// Whether a network can have this name (IEEE 802.11-2020, 9.4.2.2: 1 to 32 bytes) and a property list can hold it (XML 1.0, 2.2).
    /// </summary>
    public static bool CanName(string? network)
    {
        if (string.IsNullOrEmpty(network) || Encoding.UTF8.GetByteCount(network) > LongestNetworkName)
        {
            return false;
        }

        foreach (var rune in network.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar || Rune.IsControl(rune) || rune.Value is 0xFFFE or 0xFFFF)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The profile; with the proxy in it when <paramref name="network"/> is not null (see <see cref="CanName"/>).</summary>
    public static byte[] Write(ReadOnlyMemory<byte> authority, string? network, ProxyEntry proxy)
    {
        using var output = new MemoryStream();
        using (var xml = XmlWriter.Create(output, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" }))
        {
            xml.WriteStartDocument();
            xml.WriteDocType("plist", "-//Apple//DTD PLIST 1.0//EN", "http://www.apple.com/DTDs/PropertyList-1.0.dtd", null);
            xml.WriteStartElement("plist");
            xml.WriteAttributeString("version", "1.0");
            xml.WriteStartElement("dict");
            WriteHead(xml, "Configuration", IdOf("profile", authority, network), network is null ? "TrafficAudit" : $"TrafficAudit ({network})");
            WriteText(xml, "PayloadOrganization", Organisation);
            xml.WriteElementString("key", "PayloadContent");
            xml.WriteStartElement("array");
            WriteCertificate(xml, authority);
            if (network is not null)
            {
                WriteNetwork(xml, authority, network, proxy);
            }

            xml.WriteEndElement();
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        return output.ToArray();
    }

    private static void WriteCertificate(XmlWriter xml, ReadOnlyMemory<byte> authority)
    {
        xml.WriteStartElement("dict");
        WriteHead(xml, "com.apple.security.root", IdOf("root", authority, null), "TrafficAudit test authority");
        WriteText(xml, "PayloadCertificateFileName", "trafficaudit-ca.cer");
        xml.WriteElementString("key", "PayloadContent");
        xml.WriteElementString("data", Convert.ToBase64String(authority.Span));
        xml.WriteEndElement();
    }

    private static void WriteNetwork(XmlWriter xml, ReadOnlyMemory<byte> authority, string network, ProxyEntry proxy)
    {
        xml.WriteStartElement("dict");
        WriteHead(xml, "com.apple.wifi.managed", IdOf("wifi", authority, network), $"Wi-Fi {network} through TrafficAudit");
        WriteText(xml, "SSID_STR", network);
        WriteFlag(xml, "HIDDEN_NETWORK", value: false);
        WriteFlag(xml, "AutoJoin", value: true);
        WriteText(xml, "EncryptionType", "Any");
        WriteText(xml, "ProxyType", "Manual");
        WriteText(xml, "ProxyServer", proxy.Host);
        WriteNumber(xml, "ProxyServerPort", proxy.Port);
        xml.WriteEndElement();
    }

    private static void WriteHead(XmlWriter xml, string type, Guid id, string name)
    {
        WriteText(xml, "PayloadType", type);
        WriteNumber(xml, "PayloadVersion", 1);
        WriteText(xml, "PayloadIdentifier", $"{Prefix}.{id:N}");
        WriteText(xml, "PayloadUUID", id.ToString("D").ToUpperInvariant());
        WriteText(xml, "PayloadDisplayName", name);
    }

    private static void WriteText(XmlWriter xml, string key, string value)
    {
        xml.WriteElementString("key", key);
        xml.WriteElementString("string", value);
    }

    private static void WriteNumber(XmlWriter xml, string key, int value)
    {
        xml.WriteElementString("key", key);
        xml.WriteElementString("integer", value.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteFlag(XmlWriter xml, string key, bool value)
    {
        xml.WriteElementString("key", key);
        xml.WriteStartElement(value ? "true" : "false");
        xml.WriteEndElement();
    }

    /// <summary>A UUID of version 8 (RFC 9562, 5.8): 122 bits of a SHA-256 over what it stands for.</summary>
    private static Guid IdOf(string part, ReadOnlyMemory<byte> authority, string? network)
    {
        var hash = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{part}\n"), .. SHA256.HashData(authority.Span), .. Encoding.UTF8.GetBytes(network ?? "")]);
        hash[6] = (byte)((hash[6] & 0x0F) | 0x80);
        hash[8] = (byte)((hash[8] & 0x3F) | 0x80);
        return new Guid(hash.AsSpan(0, 16), bigEndian: true);
    }
}
