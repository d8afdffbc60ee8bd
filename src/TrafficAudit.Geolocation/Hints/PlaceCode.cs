namespace TrafficAudit.Geolocation.Hints;

/// <summary>What kind of code names a place.</summary>
internal enum PlaceCode
{
    /// <summary>IATA's code of an airport or a city.</summary>
    Iata,

    /// <summary>A code of UN/LOCODE: a country's two letters and three for the place (<c>krsel</c>).</summary>
    Locode,

    /// <summary>A country of ISO 3166-1 alpha-2.</summary>
    Country,

    /// <summary>A cloud provider's region.</summary>
    Region,

    /// <summary>A code of the network's own, out of a table.</summary>
    Own,
}
