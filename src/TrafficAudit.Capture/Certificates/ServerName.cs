using System.Buffers;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TrafficAudit.Capture.Certificates;

/// <summary>A host that a certificate can be made for: a DNS name in lower-case A-labels, or an IP address in its canonical form.</summary>
internal readonly record struct ServerName(string Text, IPAddress? Address)
{
    // RFC 1035, 2.3.4: 255 octets on the wire are 253 characters of text.
    private const int LongestName = 253;
    private const int LongestLabel = 63;

    private static readonly SearchValues<char> LabelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>
    /// Reads what a peer sent as SNI, or a CONNECT target's host. Underscores pass, for they occur in real names; wildcards don't, since
    /// a certificate for them would hold for more than what was asked.
    /// </summary>
    public static bool TryParse(string? text, out ServerName name)
    {
        name = default;
        if (string.IsNullOrEmpty(text) || text.Length > LongestName + 1)
        {
            return false;
        }

        if (ParseAddress(text) is { } address)
        {
            name = new ServerName(address.ToString(), address);
            return true;
        }

        if (ToAscii(text) is not { } ascii || !IsDnsName(ascii))
        {
            return false;
        }

        name = new ServerName(ascii, null);
        return true;
    }

    private static IPAddress? ParseAddress(string text)
    {
        var literal = text is ['[', .. var inner, ']'] ? inner : text;
        if (!IPAddress.TryParse(literal, out var address))
        {
            return null;
        }

        // TryParse also takes "1", "0x7f.1" and "010.0.0.1", which are names for a TLS client.
        return address.AddressFamily == AddressFamily.InterNetworkV6
            ? new IPAddress(address.GetAddressBytes())
            : address.ToString() == literal ? address : null;
    }

    private static string? ToAscii(string text)
    {
        var name = text.EndsWith('.') ? text[..^1] : text;
        if (Ascii.IsValid(name))
        {
            return name.ToLowerInvariant();
        }

        try
        {
            return new IdnMapping { AllowUnassigned = true }.GetAscii(name).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool IsDnsName(string name)
    {
        if (name.Length > LongestName)
        {
            return false;
        }

        foreach (var label in name.AsSpan().Split('.'))
        {
            var (_, length) = label.GetOffsetAndLength(name.Length);
            if (length is 0 or > LongestLabel || name.AsSpan()[label].ContainsAnyExcept(LabelCharacters))
            {
                return false;
            }
        }

        return true;
    }
}
