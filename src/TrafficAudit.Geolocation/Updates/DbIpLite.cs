using System.Globalization;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>DB-IP's free editions (https://db-ip.com/db/lite.php, CC BY 4.0): a file a month, for everybody.</summary>
public static class DbIpLite
{
    /// <summary>Where they are.</summary>
    public static Uri Address { get; } = new("https://download.db-ip.com/");

    /// <summary>This month's file, or last month's where this one's is not out yet.</summary>
    /// <param name="edition">One of <see cref="DatabaseDownload.Editions"/>.</param>
    /// <param name="now">Today.</param>
    /// <param name="address">In place of <see cref="Address"/>; null for that.</param>
    public static DatabaseDownload Of(string edition, DateTimeOffset now, Uri? address = null)
    {
        return new DatabaseDownload($"dbip-{edition}.mmdb", [Month(now.UtcDateTime), Month(now.UtcDateTime.AddMonths(-1))]);

        Uri Month(DateTime day) =>
            new(address ?? Address, $"free/dbip-{edition}-lite-{day.ToString("yyyy-MM", CultureInfo.InvariantCulture)}.mmdb.gz");
    }
}
