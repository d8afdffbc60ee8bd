using System.Collections.Immutable;
using TrafficAudit.Geolocation.Databases;

namespace TrafficAudit.Geolocation.Jurisdictions;

/// <summary>
/// What a jurisdiction's law says of countries, notices and classes of data, as of a day: data that goes stale, so that its name and day belong beside
/// whatever rests on it. Immutable.
/// </summary>
public sealed record JurisdictionProfile
{
    private const string Folder = "jurisdictions";

    /// <summary>Its short name: that of its file (<c>kr</c>).</summary>
    public required string Id { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Name { get; init; }

    /// <summary>The day of the oldest look at a source among its rows.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>Countries within which a transfer is none abroad.</summary>
    public required ImmutableArray<JurisdictionRow> Home { get; init; }

    /// <summary>Countries that are recognised.</summary>
    public required ImmutableArray<JurisdictionRow> Recognised { get; init; }

    /// <summary>Countries that a rule names as of concern.</summary>
    public required ImmutableArray<JurisdictionRow> OfConcern { get; init; }

    /// <summary>What people have to be told of a transfer.</summary>
    public required ImmutableArray<JurisdictionRow> Notice { get; init; }

    /// <summary>Classes of data that are protected more.</summary>
    public required ImmutableArray<JurisdictionRow> Sensitive { get; init; }

    /// <summary>The profiles that come with the program.</summary>
    public static ImmutableArray<string> Embedded { get; } = ["kr", "eu", "uk", "jp", "us"];

    /// <summary>The embedded profile, or <c>jurisdictions/ID.yaml</c> of a folder in its place; a folder may add others.</summary>
    /// <param name="folder">May be null or missing.</param>
    /// <param name="id">Its short name.</param>
    /// <exception cref="JurisdictionFileException">There is none of that name, or its file can't be used.</exception>
    public static JurisdictionProfile Load(string? folder, string id)
    {
        var name = $"{Folder}/{id}.yaml";
        var path = folder is null || !id.All(char.IsAsciiLetterOrDigit) ? null : Path.Combine(folder, Folder, $"{id}.yaml");
        try
        {
            if (path is not null && File.Exists(path))
            {
                using var own = File.OpenRead(path);
                return JurisdictionFile.Read(own, name, id);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new JurisdictionFileException($"{name} can't be read: check the disk and the file's permissions", e);
        }

        if (!Embedded.Contains(id))
        {
            throw new JurisdictionFileException($"there is no profile {id}: there are {string.Join(", ", Embedded)}, and those in the folder {Folder} of --geo-data");
        }

        using var data = EmbeddedData.Open(name);
        return JurisdictionFile.Read(data, name, id);
    }

    /// <summary>What a country is to it on a day.</summary>
    /// <param name="country">ISO 3166-1 alpha-2 in capitals; null or no country's code is <see cref="CountryStanding.Unknown"/>.</param>
    /// <param name="day">The day of the transfer.</param>
    /// <param name="item">The item that is transferred: one that a recognition excludes makes its country <see cref="CountryStanding.Other"/>; null for any.</param>
    /// <returns>The standing, and the row that says so, or from which the item is excluded; null where none does.</returns>
    public (CountryStanding Standing, JurisdictionRow? Row) Judge(string? country, DateOnly day, string? item = null)
    {
        if (DatabaseAnswer.ToCountry(country) is not { } code)
        {
            return (CountryStanding.Unknown, null);
        }

        return Find(Home) is { } home ? (CountryStanding.Domestic, home)
            : Find(OfConcern) is { } concern ? (CountryStanding.OfConcern, concern)
            : Find(Recognised) is { } recognised ? (item is not null && recognised.Excluded.Contains(item) ? CountryStanding.Other : CountryStanding.Recognised, recognised)
            : (CountryStanding.Other, null);

        JurisdictionRow? Find(ImmutableArray<JurisdictionRow> rows) => rows.FirstOrDefault(row => row.HoldsOn(day) && row.Countries.Contains(code));
    }
}
