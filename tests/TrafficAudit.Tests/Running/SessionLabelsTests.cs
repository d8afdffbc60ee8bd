using System.Text.Json;
using TrafficAudit.Evidence;
using TrafficAudit.Review;
using TrafficAudit.Running;

namespace TrafficAudit.Tests.Running;

public sealed class SessionLabelsTests
{
    [Theory]
    [InlineData(JournalKinds.SessionStarted, """{"session":"s","device_name":"Lab phone","label":"x","apps":["com.shop.example"],"app_version":"1.2"}""", "Lab phone", "com.shop.example 1.2")]
    [InlineData(JournalKinds.SessionStarted, """{"session":"s","label":"Lab phone","apps":[]}""", "Lab phone", null)]
    [InlineData(JournalKinds.ImportStarted, """{"import":"s","device_name":"Lab phone","app_version":"1.2"}""", "Lab phone", "1.2")]
    [InlineData(JournalKinds.SessionStarted, """{"session":"s","device_name":7,"apps":[7,null]}""", null, null)]
    public void Beginning_NamesDeviceAndApp(string kind, string content, string? device, string? app)
    {
        var labels = new SessionLabels();
        labels.Add(kind, JsonElement.Parse(content));

        Assert.Equal(new SessionLabel(device, app), labels.Of("s"));
    }

    [Theory]
    [InlineData(JournalKinds.Phase, """{"session":"s"}""")]
    [InlineData(JournalKinds.SessionStarted, """{"session":null}""")]
    [InlineData(JournalKinds.SessionStarted, "[1]")]
    public void SomethingElse_NamesNothing(string kind, string content)
    {
        var labels = new SessionLabels();
        labels.Add(kind, JsonElement.Parse(content));

        Assert.Null(labels.Of("s"));
        Assert.Null(labels.Of(null));
    }
}
