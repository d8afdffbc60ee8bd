using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>
/// The JA4 fingerprint of a TLS client over TCP, after FoxIO's specification (github.com/FoxIO-LLC/ja4, technical_details/JA4.md; the method JA4 is
/// free to use under BSD-3-Clause): which TLS library, and which build of an app, it was.
/// </summary>
internal static class Ja4
{
    private const string Nothing = "000000000000";

    public static string Of(ClientHello hello)
    {
        var version = hello.SupportedVersions.IsEmpty ? hello.LegacyVersion : hello.SupportedVersions.Max();
        var ciphers = Hex(hello.CipherSuites.Sort());
        var extensions = Hex(hello.Extensions.Where(e => e is not (ExtensionType.ServerName or ExtensionType.Alpn)).Order());
        var algorithms = Hex(hello.SignatureAlgorithms);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"t{Version(version)}{(hello.Extensions.Contains(ExtensionType.ServerName) ? 'd' : 'i')}{Count(hello.CipherSuites.Length):00}{Count(hello.Extensions.Length):00}{Protocol(hello)}"
            + $"_{Hash(ciphers)}_{Hash(extensions.Length == 0 ? "" : algorithms.Length == 0 ? extensions : $"{extensions}_{algorithms}")}");
    }

    private static int Count(int count) => Math.Min(count, 99);

    private static string Version(ushort version) => version switch
    {
        0x0304 => "13",
        0x0303 => "12",
        0x0302 => "11",
        0x0301 => "10",
        0x0300 => "s3",
        0x0002 => "s2",
        _ => "00",
    };

    /// <summary>First and last character of the first protocol; of its hexadecimal form where one of them is no letter or digit.</summary>
    private static string Protocol(ClientHello hello)
    {
        if (hello.Alpn.IsEmpty || hello.Alpn[0] is not { Length: > 0 } name)
        {
            return "00";
        }

        var shown = char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1])
            ? name
            : Convert.ToHexStringLower(Encoding.Latin1.GetBytes(name));
        return $"{shown[0]}{shown[^1]}";
    }

    private static string Hex(IEnumerable<ushort> values) => string.Join(',', values.Select(v => v.ToString("x4", CultureInfo.InvariantCulture)));

    private static string Hash(string list) =>
        list.Length == 0 ? Nothing : Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(list)).AsSpan(0, Nothing.Length / 2));
}
