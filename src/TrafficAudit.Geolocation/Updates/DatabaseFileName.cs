namespace TrafficAudit.Geolocation.Updates;

/// <summary>
/// What a database's file is called in the folder: always the same for its type, so that the next one takes its place. DB-IP's country file has the name of
/// the embedded one, which it replaces.
/// </summary>
internal static class DatabaseFileName
{
    /// <param name="type">Its <c>database_type</c>: text of a stranger, of which only plain words become part of a path.</param>
    /// <param name="given">What it was called where it came from.</param>
    public static string Of(string type, string given)
    {
        var plain = type.Split(' ')[0];
        var name = !plain.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? ""
            : plain.StartsWith("DBIP-", StringComparison.Ordinal) ? plain.Replace("-Lite", "", StringComparison.Ordinal).ToLowerInvariant()
            : plain.StartsWith("GeoLite2-", StringComparison.Ordinal) || plain.StartsWith("GeoIP2-", StringComparison.Ordinal) ? plain
            : "";
        return name.Length > 0 ? $"{name}.mmdb" : Path.ChangeExtension(Path.GetFileName(given), ".mmdb");
    }
}
