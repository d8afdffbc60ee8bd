using System.Text.Json;
using TrafficAudit.Evidence;
using TrafficAudit.Review;
using TrafficAudit.Running;
using TrafficAudit.Testing;

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
        labels.Add(kind, JsonElement.Parse(content), Some.Time);

        Assert.Equal(new SessionLabel(device, app), labels.Of("s"));
    }

    [Theory]
    [InlineData(JournalKinds.Phase, """{"session":"s"}""")]
    [InlineData(JournalKinds.SessionStarted, """{"session":null}""")]
    [InlineData(JournalKinds.SessionStarted, "[1]")]
    public void SomethingElse_NamesNothing(string kind, string content)
    {
        var labels = new SessionLabels();
        labels.Add(kind, JsonElement.Parse(content), Some.Time);

        Assert.Null(labels.Of("s"));
        Assert.Null(labels.Of(null));
    }

    [Fact]
    public void WhatTheJournalSaysOfASession_IsKept_AndItsEndAdded()
    {
        var labels = new SessionLabels();
        labels.Add(
            JournalKinds.SessionStarted, JsonElement.Parse("""{"session":"s","scenario":"refuse all","persona":"invented","began":"2026-01-02T03:04:05+00:00"}"""), Some.Time);
        labels.Add(JournalKinds.SessionStopped, JsonElement.Parse("""{"session":"s"}"""), Some.Time.AddHours(1));

        var label = labels.Of("s")!;
        Assert.Equal(("refuse all", "invented"), (label.Scenario, label.Persona));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), label.Began);
        Assert.Equal(Some.Time.AddHours(1), label.Ended);
    }
}
