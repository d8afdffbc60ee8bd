using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>MaxMind's GeoLite2 (https://dev.maxmind.com/geoip/updating-databases): for holders of a free account and licence key.</summary>
public static class GeoLite2
{
    /// <summary>Where they are.</summary>
    public static Uri Address { get; } = new("https://download.maxmind.com/");

    /// <summary>The newest file.</summary>
    /// <param name="edition">One of <see cref="DatabaseDownload.Editions"/>.</param>
    /// <param name="account">The account's number.</param>
    /// <param name="key">Its licence key; sent to <paramref name="address"/> alone, never to where that redirects.</param>
    /// <param name="address">In place of <see cref="Address"/>; null for that.</param>
    public static DatabaseDownload Of(string edition, long account, string key, Uri? address = null)
    {
        var name = edition switch
        {
            "asn" => "GeoLite2-ASN",
            "city" => "GeoLite2-City",
            _ => "GeoLite2-Country",
        };
        var file = new Uri(address ?? Address, $"geoip/databases/{name}/download?suffix=tar.gz");
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{account}:{key}")));
        return new DatabaseDownload($"{name}.mmdb", [file], new Uri(file + ".sha256"), new AuthenticationHeaderValue("Basic", credentials));
    }
}
