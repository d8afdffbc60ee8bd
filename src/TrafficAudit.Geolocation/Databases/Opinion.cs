using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Databases;

/// <summary>What the databases say together, gathered from the best to the least (rules: <see cref="GeoDatabases"/>).</summary>
internal struct Opinion
{
    private bool _anycast;
    private bool _differ;
    private bool _twoMakers;
    private string? _maker;

    public string? Country { get; private set; }

    public long? Asn { get; private set; }

    public string? Organization { get; private set; }

    public readonly CountryGrade Grade => this switch
    {
        { Country: null } => CountryGrade.Unknown,
        { _differ: true } => CountryGrade.Disputed,
        { _anycast: true } => CountryGrade.Edge,
        { _twoMakers: true } => CountryGrade.Confirmed,
        _ => CountryGrade.Located,
    };

    public void Add(GeoDatabaseInfo database, in DatabaseAnswer answer)
    {
        _anycast |= answer.Anycast;
        if (Asn is null && answer.Asn is not null)
        {
            // Number and name from one database: two might mean different networks.
            Asn = answer.Asn;
            Organization = answer.Organization;
        }

        if (answer.Country is null)
        {
            return;
        }

        Country ??= answer.Country;
        _differ |= answer.Country != Country;
        _twoMakers |= database.Maker is not null && _maker is not null && database.Maker != _maker;
        _maker ??= database.Maker;
    }
}
