using TrafficAudit.Geolocation.Databases;

namespace TrafficAudit.Pipeline;

/// <summary>What is said of databases that are too old, wherever their answers are shown.</summary>
internal static class DatabaseAge
{
    /// <summary>A line for each database that is over its age, with what to do.</summary>
    public static IEnumerable<string> Warnings(IEnumerable<GeoDatabaseInfo> databases, DateTimeOffset now) =>
        databases.Where(database => database.IsOutdated(now))
            .Select(database => $"{database.Name} is {database.AgeInDays(now)} days old, and addresses move: {RemedyOf(database)}");

    // What can't be fetched from here has to be got elsewhere: a lab's own file, MaxMind's GeoIP2.
    private static string RemedyOf(GeoDatabaseInfo database) => database.Maker is null || database.Type.StartsWith("GeoIP2-", StringComparison.Ordinal)
        ? "get a newer one, and 'trafficaudit geo update --from FILE' puts it in its place"
        : "'trafficaudit geo update' fetches a newer one";
}
