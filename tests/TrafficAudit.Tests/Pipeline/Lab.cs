using Microsoft.Extensions.Logging.Abstractions;
using TrafficAudit.Classification;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Testing;
using TrafficAudit.Testing.Mmdb;

namespace TrafficAudit.Tests.Pipeline;

/// <summary>A folder with a database and a case in it. Every value is invented.</summary>
internal sealed class Lab : IDisposable
{
    public const string Phone = "010-0000-1234";
    public const string Email = "gildong.hong.test@example.com";
    public const string Address = "서울특별시 중구 세종대로 110";
    public const string Pccc = "P240000000001";
    public const string Gaid = "38400000-8cf0-41bd-b23e-10b96e40000d";

    private readonly TemporaryFolder _folder = new();

    public Lab()
    {
        Directory.CreateDirectory(GeoData);
        MmdbWriter.Flat(("192.0.2.0/24", "CN"), ("198.51.100.0/24", "US")).Write(Path.Combine(GeoData, "lab.mmdb"));
        Sources = DataSources.Load(GeoData, _folder.File("captures"));
        Case = CaseFolder.Create(_folder.File("captures"), new CaseInfo { Name = "test", Created = Some.Time, ToolVersion = "0.0.0" });
    }

    public static Persona Persona { get; } = new(
        "test shopper (invented)",
        [new("phone", Phone), new("email", Email), new("postal_address", Address), new("pccc", Pccc), new("gaid", Gaid)]);

    public string GeoData => _folder.File("geo-data");

    public string Home => _folder.File("home");

    public DataSources Sources { get; }

    public CaseFolder Case { get; }

    /// <summary>Called for each flow that the recording has put into the index.</summary>
    public Action<AnalyzedFlow> Analyzed { get; set; } = _ => { };

    public FlowAnalyzer Analyzer(Persona persona) => new(new Classifier(persona), Sources.NewLocator(), () => Sources.Recipients);

    public Task<RecordingCase> OpenAsync(Persona? persona = null, IProgress<long>? again = null, CancellationToken cancellation = default) =>
        RecordingCase.OpenAsync(Case, Sources, persona, f => Analyzed(f), TimeProvider.System, NullLoggerFactory.Instance, cancellation, again);

    /// <summary>Records flows and closes the case.</summary>
    public async Task RecordAsync(Persona? persona, params FlowRecord[] flows)
    {
        await using var recording = await OpenAsync(persona);
        foreach (var flow in flows)
        {
            await recording.Evidence.RecordAsync(flow, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Every flow and finding that the case's index has, one a line.</summary>
    public static async Task<List<string>> ContentAsync(ICaseIndex index)
    {
        var lines = index.Ascending(FlowFilter.None).Select(f => $"#{f.Number} {f.Host}{f.Path} {f.Country} {Token.Of(f.CountryGrade)} {f.Recipient}").ToList();
        await foreach (var (flow, finding) in index.FindingsAsync(FlowFilter.None, all: true))
        {
            lines.Add($"#{flow.Number} {finding.Item} {finding.Value} {finding.Location.Path}");
        }

        return lines;
    }

    /// <summary>A flow that carries an e-mail address and a phone number.</summary>
    public static FlowRecord Flow(long number, string email = Email, string phone = Phone) => Some.Flow(
        number,
        request: Some.Message("POST /order HTTP/1.1\nHost: api.shop.example\nContent-Type: application/json", $$"""{"mail":"{{email}}","tel":"{{phone}}"}"""));

    public void Dispose()
    {
        Sources.Dispose();
        _folder.Dispose();
    }
}
