using System.Text;
using System.Text.Json;
using TrafficAudit.Model;
using TrafficAudit.Testing.Har;

namespace TrafficAudit.Evidence.Tests.Har;

public sealed class ShoppingSessionTests
{
    private static string Sample(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "TrafficAudit.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "captures", "sample", name);
    }

    // A changed builder leaves what it makes in the temporary folder, to be looked at and copied over the committed file.
    private static void AssertCommitted(string name, byte[] made)
    {
        var path = Sample(name);
        if (!File.Exists(path) || !File.ReadAllBytes(path).AsSpan().SequenceEqual(made))
        {
            var copy = Path.Combine(Path.GetTempPath(), name);
            File.WriteAllBytes(copy, made);
            Assert.Fail($"captures/sample/{name} is not what the builder makes; that is in {copy}");
        }
    }

    [Fact]
    public void CommittedHar_IsWhatTheBuilderMakes() => AssertCommitted("shopping-session.har", ShoppingSession.Har());

    [Fact]
    public void CommittedPersona_IsTheShopper()
    {
        var options = new JsonSerializerOptions(ModelJson.Default.Options)
        {
            WriteIndented = true,
            NewLine = "\n",
            Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        };

        AssertCommitted("persona.json", Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Shopper.Persona, options) + "\n"));
    }

    [Fact]
    public async Task Import_TakesEveryEntry()
    {
        var (result, flows) = await HarText.ImportAsync(new FileStream(Sample("shopping-session.har"), FileMode.Open, FileAccess.Read));

        Assert.Equal((40, 0, null), (result.Imported, result.SkippedCount, result.Fault));
        Assert.Empty(result.Notes);
        Assert.Equal(["{\"type\":\"hello\"}", "{\"type\":\"welcome\"}"], flows.Single(f => f.Messages is not null).Messages!.Read().Select(m => Encoding.UTF8.GetString(m.Payload.Span)));
        Assert.Equal(16, flows.Select(f => f.Metadata.Host).Distinct().Count());
        Assert.Equal(FlowFailure.DnsFailed, Assert.Single(flows, f => f.Metadata.Upstream is null).Metadata.Failure);
        Assert.Equal(FlowKind.WebSocket, Assert.Single(flows, f => f.Metadata.Kind != FlowKind.Http).Metadata.Kind);
        Assert.All(flows.Where(f => f.Response is not null), f => Assert.True(f.Metadata.Response!.Complete));
        Assert.Equal(flows.OrderBy(f => f.Metadata.Started), flows);
    }

    [Fact]
    public async Task Import_KeepsThePersonasValuesAsTheyWereEncoded()
    {
        var (_, flows) = await HarText.ImportAsync(ShoppingSession.Har());

        AssertSent(flows, "gw.haitao-market.example", Shopper.CustomsCode);
        AssertSent(flows, "gw.haitao-market.example", Uri.EscapeDataString(Shopper.Address));
        AssertSent(flows, "open.bluewhale-parcel.example", $"name=\"receiver\"\r\n\r\n{Shopper.Name}\r\n");
        AssertSent(flows, "www.facebook.com", Shopper.Sha256(Shopper.Email));
        AssertSent(flows, "analytics.tiktok.com", Shopper.Sha256(Shopper.InternationalPhone));
        AssertSent(flows, "gum.criteo.com", Shopper.Md5(Shopper.Email));
        AssertSent(flows, "app-measurement.com", Shopper.AdvertisingId);
        AssertSent(flows, "kr.haitao-market.example", "login_id=gildong.hong%40example.com");
        Assert.Contains(flows, f => f.Response is not null && f.Response.BodyText().Contains(Shopper.Phone));
    }

    private static void AssertSent(List<FlowRecord> flows, string host, string text) =>
        Assert.Contains(flows, f => f.Metadata.Host == host && (f.Request.Head() + f.Request.BodyText()).Contains(text));
}
