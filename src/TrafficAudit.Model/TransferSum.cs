using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAudit.Model;

/// <summary>All transfers to one country, or to one recipient.</summary>
/// <param name="Name">The country, ISO 3166-1 alpha-2, or the recipient; null for servers whose country is unknown.</param>
/// <param name="Items">The items, sorted.</param>
/// <param name="Others">Of a country the recipients, of a recipient the known countries, sorted.</param>
/// <param name="Flows">How many flows; each counts once, whatever was in it.</param>
/// <param name="BytesSent">Bytes of body and of messages that went to the server in them, whatever else was in them.</param>
/// <param name="First">Start of the first of them.</param>
/// <param name="Last">Start of the last of them.</param>
/// <param name="Grade">The weakest grade of a country among them.</param>
public sealed record TransferSum(
    string? Name, ImmutableArray<string> Items, ImmutableArray<string> Others, long Flows, long BytesSent, DateTimeOffset First, DateTimeOffset Last, CountryGrade Grade);

/// <summary>By what transfers are added up.</summary>
public enum TransferGrouping
{
    /// <summary>By the server's country.</summary>
    [JsonStringEnumMemberName("country")] Country,

    /// <summary>By the organisation that received.</summary>
    [JsonStringEnumMemberName("recipient")] Recipient,
}
