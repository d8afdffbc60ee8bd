using System.Globalization;
using System.Text;

namespace TrafficAudit.Classification.Correlation;

/// <summary>The sentence that a finding by correlation carries: place, devices, sessions, flows, and what is not known.</summary>
internal static class CorrelationReason
{
    private const int MostValues = 6;
    private const int MostFlows = 4;

    public static string Of(CorrelatedPlace place)
    {
        var devices = place.Values.Select(v => v.Device).Distinct(StringComparer.Ordinal).Count();
        var text = new StringBuilder(place.Item.Length == 0 ? "The same value stands at " : "One value stays at ").Append(place.Place)
            .Append(place.Item.Length == 0 ? " on all devices: " : devices == 1 ? ": " : " on each device and differs between devices: ");
        text.AppendJoin("; ", place.Values.Take(MostValues).Select(Of));
        if (place.Values.Length > MostValues)
        {
            text.Append(CultureInfo.InvariantCulture, $"; and {place.Values.Length - MostValues} more");
        }

        if (!place.Doubts.IsEmpty)
        {
            text.Append(". Not certain, since ").AppendJoin(", and ", place.Doubts.Select(CorrelationAdvice.Of));
        }

        return text.Append('.').ToString();
    }

    private static string Of(ValueEvidence value)
    {
        var sessions = value.Launches.Select(l => l.Session).Distinct(StringComparer.Ordinal).Count();
        var reinstall = value.OutlivedReinstall ? ", over a re-install" : "";
        var flows = string.Join(", ", value.Launches.Take(MostFlows).Select(l => $"#{l.FirstFlow}")) + (value.Launches.Length > MostFlows ? " …" : "");
        return string.Create(CultureInfo.InvariantCulture, $"{value.DeviceName} in {sessions} session{(sessions == 1 ? "" : "s")}{reinstall} ({flows})");
    }
}
