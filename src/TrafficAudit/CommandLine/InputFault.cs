using TrafficAudit.Capture.Certificates;
using TrafficAudit.Classification.EndpointRules;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Geolocation;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Review;

namespace TrafficAudit.CommandLine;

/// <summary>Which exceptions mean wrong usage or input (exit code 2) and not an error of the program.</summary>
internal static class InputFault
{
    /// <summary>The one line for people; null when it is an error of the program.</summary>
    public static string? Describe(Exception exception) => exception switch
    {
        InputException or CaseException or PersonaFileException or GeoDataException or ImportException or CertificateAuthorityException
            or FlowFilterException or RulePackException or TimestampException or RejectedRequestException => exception.Message,
        UnauthorizedAccessException or IOException => exception.Message,
        _ => null,
    };
}
