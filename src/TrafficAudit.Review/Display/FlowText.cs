using System.Globalization;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Display;

/// <summary>The cells of a flow as text.</summary>
internal static class FlowText
{
    private static readonly string[] Units = ["B", "kB", "MB", "GB", "TB", "PB", "EB"];

    /// <summary>The method; <c>WS</c> for a WebSocket, and the transport (<c>TLS</c>, <c>TCP</c>) for what could not be read.</summary>
    public static string Method(FlowSummary flow) => flow.Kind switch
    {
        FlowKind.WebSocket => "WS",
        FlowKind.Opaque => InertText.Of(flow.Scheme.ToUpperInvariant(), 8),
        _ => InertText.Of(flow.Method, 20),
    };

    /// <summary>The host; its port follows where it is not the scheme's own.</summary>
    public static string Host(FlowSummary flow)
    {
        var host = InertText.Of(flow.Host.Length > 0 ? flow.Host : flow.Address ?? "no host", 260);
        var usual = (flow.Scheme, flow.Port) is ("https" or "tls", 443) or ("http", 80) or (_, 0);
        return usual ? host : $"{host}:{flow.Port}";
    }

    /// <summary>
    /// The path with the personal values in it masked. A value that can't be found again in the path as it was sent (written in another
    /// coding) masks the whole path: rather too much than too little.
    /// </summary>
    public static string Path(FlowRow row)
    {
        var path = row.Flow.Path;
        foreach (var value in row.PathValues.Where(v => v.Length > 0).OrderByDescending(v => v.Length))
        {
            var masked = MaskedValue.Of(value);
            var without = path
                .Replace(value, masked, StringComparison.OrdinalIgnoreCase)
                .Replace(Uri.EscapeDataString(value), masked, StringComparison.OrdinalIgnoreCase);
            if (without == path)
            {
                return InertText.Of(MaskedValue.Of(row.Flow.Path));
            }

            path = without;
        }

        return InertText.Of(path);
    }

    /// <summary>Bytes in decimal units with three digits: <c>0 B</c>, <c>12.3 kB</c>.</summary>
    public static string Size(long bytes)
    {
        var size = (double)bytes;
        var unit = 0;
        while (size >= 999.5 && unit < Units.Length - 1)
        {
            size /= 1000;
            unit++;
        }

        var format = unit == 0 || size >= 99.95 ? "0" : "0.0";
        return $"{size.ToString(format, CultureInfo.InvariantCulture)} {Units[unit]}";
    }
}
