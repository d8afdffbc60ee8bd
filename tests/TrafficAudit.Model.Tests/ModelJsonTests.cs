using System.Text.Json;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Model.Tests;

public sealed class ModelJsonTests
{
    [Fact]
    public void Metadata_SurvivesItsJson()
    {
        using var flow = Some.Flow();

        var json = JsonSerializer.Serialize(flow.Metadata, ModelJson.Default.FlowMetadata);
        var back = JsonSerializer.Deserialize(json, ModelJson.Default.FlowMetadata)!;

        Assert.Equal(json, JsonSerializer.Serialize(back, ModelJson.Default.FlowMetadata));
        Assert.Contains("\"kind\":\"http\"", json, StringComparison.Ordinal);
        Assert.Contains("\"http_version\":\"HTTP/1.1\"", json, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "… (0)")]
    [InlineData("01234", "… (5)")]
    [InlineData("0123456", "0…6 (7)")]
    [InlineData("hong@example.com", "ho…om (16)")]
    public void MaskedValue_KeepsLittle(string value, string expected) => Assert.Equal(expected, MaskedValue.Of(value));
}
