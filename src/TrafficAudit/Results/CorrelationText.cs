using System.Globalization;
using TrafficAudit.Pipeline;

namespace TrafficAudit.Results;

/// <summary>A correlation in one or two sentences.</summary>
internal static class CorrelationText
{
    public static string Of(CorrelationReport report)
    {
        var text = report.Launches <= report.Devices
            ? $"Nothing to compare: {Counted(report.Devices, "device")}, none of them in more than one session. Record each of two devices twice, with a re-install in between"
            : $"Compared {Counted(report.Devices, "device")} over {Counted(report.Launches, "session")}: {Counted(report.Identifiers.Length, "identifier")} that nobody declared, "
                + $"{Counted(report.NearMisses.Length, "near miss", "es")}, {Counted(report.AppConstants.Length, "app constant")}; {Counted(report.Known, "place")} known already";
        if (report.Unlisted > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $". {report.Unlisted:N0} more near misses and app constants are not listed");
        }

        return report.NotFollowed == 0
            ? text
            : text + $". {Counted(report.NotFollowed, "place")} could not be followed, since too many were new at once: identifiers may be missing there";
    }

    private static string Counted(long count, string noun, string plural = "s") =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : plural)}");
}
