using System.Collections.Immutable;
using System.Net.Http.Headers;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>One database to fetch.</summary>
/// <param name="Name">What its file is called where that does not tell by its content (<c>dbip-asn.mmdb</c>).</param>
/// <param name="Addresses">Where it is, in the order to try; the next is asked when one is not there (404).</param>
/// <param name="Checksum">Where its SHA-256 is, in the form of sha256sum; null where its maker gives none.</param>
/// <param name="Authorization">What the maker wants to see; null for nothing.</param>
public sealed record DatabaseDownload(
    string Name, ImmutableArray<Uri> Addresses, Uri? Checksum = null, AuthenticationHeaderValue? Authorization = null)
{
    /// <summary>The editions that can be fetched, of either maker.</summary>
    public static ImmutableArray<string> Editions { get; } = ["country", "asn", "city"];
}
