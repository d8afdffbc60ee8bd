using System.Globalization;
using System.Net;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>A host in the one form in which names are compared: lower case, ASCII form of IDN, no trailing dot; or an IP address.</summary>
internal readonly record struct HostName(string Text, bool IsAddress)
{
    // RFC 1035: 253 characters without the trailing dot. Unicode forms are never longer than their ASCII form.
    private const int MaxLength = 253;

    private static readonly IdnMapping Idn = new() { AllowUnassigned = false, UseStd3AsciiRules = false };

    /// <summary>Null when the text can be no host.</summary>
    public static HostName? Parse(string? text)
    {
        var host = text?.Trim();
        if (string.IsNullOrEmpty(host))
        {
            return null;
        }

        if (ParseAddress(host) is { } address)
        {
            return new HostName(address, IsAddress: true);
        }

        var name = ToAscii(host.EndsWith('.') ? host[..^1] : host);
        return name is not null && name.Split('.').All(IsLabel) ? new HostName(name, IsAddress: false) : null;
    }

    private static string? ParseAddress(string host)
    {
        var bare = host is ['[', .., ']'] ? host[1..^1] : host;
        if (bare.Length == 0)
        {
            return null;
        }

        // IPAddress also takes "1" and "0x7f.1" for IPv4; a name never ends in a label that starts with a digit and is a number (RFC 3696).
        var last = bare.TrimEnd('.').Split('.')[^1];
        var numeric = last.Length > 0 && char.IsAsciiDigit(last[0]);
        if ((!bare.Contains(':', StringComparison.Ordinal) && !numeric) || !IPAddress.TryParse(bare.TrimEnd('.'), out var address))
        {
            return null;
        }

        return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
    }

    private static string? ToAscii(string name)
    {
        if (name.Length is 0 or > MaxLength)
        {
            return null;
        }

        try
        {
            var ascii = System.Text.Ascii.IsValid(name) ? name : Idn.GetAscii(name);
            return ascii.Length > MaxLength ? null : ascii.ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            // No IDN: the caller treats it as no host.
            return null;
        }
    }

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= 63 && label.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
