using System.Globalization;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Results;

/// <summary>How a server's country is known, as text: a line for each source, and what it does to the answer.</summary>
internal static class LocationOutput
{
    /// <summary>Adds the lines below a flow's address.</summary>
    public static void Append(StringBuilder text, FlowSummary flow, AddressLookup? lookup)
    {
        if (lookup is null)
        {
            return;
        }

        foreach (var observation in lookup.Observations)
        {
            text.AppendLine(PlainText.Of($"    {Of(observation)}"));
        }

        if ((lookup.Country, lookup.Grade) != (flow.Country, flow.CountryGrade))
        {
            text.AppendLine($"    ! by the databases and tables of now: {lookup.Country ?? "?"} ({Token.Of(lookup.Grade)}); 'analyze' takes that over");
        }
    }

    /// <summary>One source in one line.</summary>
    public static string Of(Observation observation)
    {
        var line = new StringBuilder($"{Token.Of(observation.Bearing),-8}  {observation.Source.Replace('_', ' '),-15}  {observation.Country ?? "-",-2}  {observation.Name}");
        if (observation.Detail is { } detail)
        {
            line.Append(": ").Append(detail);
        }

        if (observation.Built is { } built)
        {
            line.Append(CultureInfo.InvariantCulture, $", built {built.UtcDateTime:yyyy-MM-dd}");
        }

        return line.ToString();
    }
}
