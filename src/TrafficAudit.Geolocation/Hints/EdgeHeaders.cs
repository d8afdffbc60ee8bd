using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Hints;

/// <summary>Reads where an edge stands, and whose it is, out of the headers that delivery networks add to responses. Immutable, thread-safe.</summary>
public sealed class EdgeHeaders
{
    private const string FileName = "edge-headers.yaml";

    // No edge writes more into one header; what is longer was made to cost time.
    private const int MaxLength = 8 * 1024;

    private readonly FrozenDictionary<string, ImmutableArray<EdgeForm>> _forms;

    private EdgeHeaders(HintFile file, Airports airports, CloudRegions regions)
    {
        Sha256 = HintFile.Digest(file, airports.File, regions.File);
        Forms = EdgeHeaderFile.Read(file, airports, regions);
        _forms = Forms.GroupBy(form => form.Header, StringComparer.Ordinal)
            .ToFrozenDictionary(rows => rows.Key, rows => rows.ToImmutableArray(), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>
    /// SHA-256 of <c>hints/edge-headers.yaml</c>, <c>hints/airports.csv</c> and <c>hints/cloud-regions.yaml</c>, one after the other, lower-case hex.
    /// </summary>
    public string Sha256 { get; }

    internal ImmutableArray<EdgeForm> Forms { get; }

    /// <summary>The embedded tables, or a folder's in their place, file by file.</summary>
    /// <param name="folder">A geo-data folder; may be null or missing.</param>
    /// <exception cref="HintFileException">A file of the folder can't be used.</exception>
    public static EdgeHeaders Load(string? folder) => Load(folder, Airports.Load(folder), CloudRegions.Load(folder));

    /// <summary>The same with tables that are read already.</summary>
    internal static EdgeHeaders Load(string? folder, Airports airports, CloudRegions regions) => new(HintFile.Load(folder, FileName), airports, regions);

    /// <summary>What the headers of a response say, in their order and each thing once; empty where none of a known form is among them.</summary>
    public IReadOnlyList<EdgeHint> Read(HttpHead response)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var field in response.Fields)
        {
            if (_forms.ContainsKey(field.Name))
            {
                // Several lines of one name are one list (RFC 9110, section 5.3). A header that has become too long stays so and is passed over below.
                var value = values.GetValueOrDefault(field.Name);
                values[field.Name] = value is null ? field.Value : value.Length > MaxLength ? value : $"{value}, {field.Value}";
            }
        }

        return
        [
            .. values.Where(header => header.Value.Length <= MaxLength)
                .SelectMany(header => _forms[header.Key], (header, form) => IsBeside(response, form) ? form.Read(header.Value) : null)
                .OfType<EdgeHint>()
                .Distinct(),
        ];
    }

    private static bool IsBeside(HttpHead response, EdgeForm form) => form.Beside is not var (name, pattern)
        || response.Fields.Any(field => field.Is(name) && field.Value.Length <= MaxLength && pattern.IsMatch(field.Value));
}
