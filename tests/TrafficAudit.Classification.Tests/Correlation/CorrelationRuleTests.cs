using TrafficAudit.Classification.Correlation;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Correlation;

/// <summary>What is demanded of a value before it is called an identifier.</summary>
public sealed class CorrelationRuleTests
{
    [Fact]
    public void ValueThatStaysOverAReinstallAndDiffers_IsCertainlyTheDevices()
    {
        var result = Recordings.OfTwoDevices((device, _, _) => $$$"""{"d":{"x":"{{{Generated.Hex(device)}}}"}}""").Judge();

        var found = Assert.Single(result.Identifiers);
        Assert.Equal(("vendor_device_id", Strength.C), (found.Item, found.Strength));
        Assert.Equal("log.sdk.example/v1/events, request body d.x", found.Place.ToString());
        Assert.Empty(found.Doubts);
        Assert.Equal(["phone a", "phone b"], found.Values.Select(v => v.DeviceName));
        Assert.All(found.Values, v => Assert.True(v.OutlivedReinstall));
        Assert.Equal(12, found.Flows);
        Assert.Equal(
            "One value stays at log.sdk.example/v1/events, request body d.x on each device and differs between devices: "
            + "phone a in 2 sessions, over a re-install (#1, #7); phone b in 2 sessions, over a re-install (#4, #10).",
            found.Reason);
        Assert.Empty(result.NearMisses);
    }

    [Fact]
    public void ValueThatIsTheSameOnAllDevices_IsTheApps()
    {
        var result = Recordings.OfTwoDevices((_, _, _) => $$"""{"key":"{{Generated.Hex("app")}}"}""").Judge();

        Assert.Equal("key", Assert.Single(result.Constants).Place.Path);
        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
    }

    [Fact]
    public void ValueThatChangesWithinASession_IsNothing()
    {
        var result = Recordings.OfTwoDevices((device, session, i) => $$"""{"nonce":"{{Generated.Uuid($"{device}{session}{i}")}}"}""").Judge();

        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
        Assert.Equal(1, result.Changing);
    }

    [Fact]
    public void ValueOfOneSession_IsNothing()
    {
        var result = Recordings.OfTwoDevices((device, session, _) => $$"""{"sid":"{{Generated.Uuid($"{device}{session}")}}"}""").Judge();

        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
    }

    [Fact]
    public void ValueThatChangesBetweenSessionsWithoutReinstall_IsNothing()
    {
        var recordings = new Recordings();
        for (var session = 1; session <= 4; session++)
        {
            // The first two sessions share a value: what changes now and then, such as a login's token.
            foreach (var device in new[] { "a", "b" })
            {
                recordings.Session(device, session).Send(device, session, $$"""{"t":"{{Generated.Hex($"{device}{session > 2}")}}"}""");
            }
        }

        var result = recordings.Judge();

        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
    }

    [Fact]
    public void WithoutReinstall_IsLikelyAnInstallations()
    {
        var recordings = new Recordings();
        for (var session = 1; session <= 2; session++)
        {
            foreach (var device in new[] { "a", "b" })
            {
                recordings.Session(device, session).Send(device, session, $$"""{"x":"{{Generated.Hex(device)}}"}""");
            }
        }

        var found = Assert.Single(recordings.Judge().Identifiers);

        Assert.Equal(("install_id", Strength.D), (found.Item, found.Strength));
        Assert.Equal([CorrelationDoubt.NoReinstall], found.Doubts);
        Assert.Contains("Not certain, since no re-install was recorded", found.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ValueThatChangesWithEachReinstall_IsLikelyAnInstallations()
    {
        var recordings = new Recordings();
        for (var session = 1; session <= 4; session++)
        {
            foreach (var device in new[] { "a", "b" })
            {
                recordings.Session(device, session, reinstalled: session == 3)
                    .Send(device, session, $$"""{"x":"{{Generated.Hex($"{device}{session > 2}")}}"}""");
            }
        }

        var found = Assert.Single(recordings.Judge().Identifiers);

        Assert.Equal(("install_id", Strength.D), (found.Item, found.Strength));
        Assert.Equal([CorrelationDoubt.ChangedByReinstall], found.Doubts);
        Assert.Equal(4, found.Values.Length);
    }

    [Fact]
    public void ReinstallWithinASession_IsToldByItsPhase()
    {
        var recordings = new Recordings();
        foreach (var phase in new[] { "first_start", "before_reinstall", "reinstall", "browse" })
        {
            foreach (var device in new[] { "a", "b" })
            {
                recordings.Session(device, 1).Send(device, 1, $$"""{"stays":"{{Generated.Hex(device)}}","goes":"{{Generated.Hex($"{device}{phase is "reinstall" or "browse"}")}}"}""", phase);
            }
        }

        var result = recordings.Judge();

        var found = Assert.Single(result.Identifiers);
        Assert.Equal(("vendor_device_id", "stays", Strength.C), (found.Item, found.Place.Path, found.Strength));
        Assert.Equal([false, true], found.Values[0].Launches.Select(l => l.AfterReinstall));
    }

    [Fact]
    public void OneDevice_IsANearMiss()
    {
        var recordings = new Recordings();
        recordings.Session("a", 1).Send("a", 1, $$"""{"x":"{{Generated.Hex("a")}}"}""");
        recordings.Session("a", 2, reinstalled: true).Send("a", 2, $$"""{"x":"{{Generated.Hex("a")}}"}""");

        var result = recordings.Judge();

        Assert.Empty(result.Identifiers);
        var near = Assert.Single(result.NearMisses);
        Assert.Equal(Strength.F, near.Strength);
        Assert.Equal([CorrelationDoubt.OneDevice], near.Doubts);
        Assert.Contains("record a second one", near.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherDeviceSeenOnce_IsANearMiss()
    {
        var recordings = Recordings.OfTwoDevices((device, _, _) => $$"""{"x":"{{Generated.Hex(device)}}"}""");
        recordings.Flows.RemoveAll(f => f.Metadata.Session == "s2-b");

        Assert.Equal([CorrelationDoubt.OneDeviceRepeated], Assert.Single(recordings.Judge().NearMisses).Doubts);
    }

    [Fact]
    public void DevicesOneAfterTheOther_AreANearMiss()
    {
        // What changed on the server in between, a configuration's digest, looks the same.
        var recordings = new Recordings();
        foreach (var device in new[] { "a", "b" })
        {
            recordings.Session(device, 1).Send(device, 1, $$"""{"config":"{{Generated.Hex(device)}}"}""");
            recordings.Session(device, 2, reinstalled: true).Send(device, 2, $$"""{"config":"{{Generated.Hex(device)}}"}""");
        }

        var result = recordings.Judge();

        Assert.Empty(result.Identifiers);
        Assert.Equal([CorrelationDoubt.NotInterleaved], Assert.Single(result.NearMisses).Doubts);
    }

    [Theory]
    [InlineData("1.1", "test shopper", CorrelationDoubt.OtherAppVersion, Strength.F)]
    [InlineData("1.0", "another", CorrelationDoubt.OtherPersona, Strength.F)]
    [InlineData(null, "test shopper", CorrelationDoubt.AppVersionNotNoted, Strength.D)]
    [InlineData("1.0", null, CorrelationDoubt.PersonaNotNoted, Strength.D)]
    public void WhatElseDiffersBetweenDevices_IsADoubt(string? version, string? persona, CorrelationDoubt doubt, Strength strength)
    {
        var recordings = Recordings.OfTwoDevices((device, _, _) => $$"""{"x":"{{Generated.Hex(device)}}"}""");
        recordings.Session("b", 1, version: version, persona: persona).Session("b", 2, reinstalled: true, version, persona);

        var result = recordings.Judge();

        var found = Assert.Single(result.Identifiers.Concat(result.NearMisses));
        Assert.Equal(strength, found.Strength);
        Assert.Equal([doubt], found.Doubts);
    }

    [Fact]
    public void OtherScenarios_AreADoubt()
    {
        var recordings = Recordings.OfTwoDevices((device, _, _) => $$"""{"product":"{{Generated.Hex(device)}}"}""");
        recordings.Session("b", 1, scenario: "browse shoes").Session("b", 2, scenario: "browse shoes");
        recordings.Session("a", 1, scenario: "browse hats");

        Assert.Contains(CorrelationDoubt.OtherScenario, Assert.Single(recordings.Judge().NearMisses).Doubts);
    }

    [Fact]
    public void ValueThatTwoOfThreeDevicesShare_IsNothing()
    {
        // Two of three in the same experiment.
        var recordings = new Recordings();
        for (var session = 1; session <= 2; session++)
        {
            foreach (var device in new[] { "a", "b", "c" })
            {
                recordings.Session(device, session, reinstalled: session == 2).Send(device, session, $$"""{"variant":"{{Generated.Uuid(device == "c" ? "b" : device)}}"}""");
            }
        }

        var result = recordings.Judge();

        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
        Assert.Empty(result.Constants);
    }

    [Fact]
    public void PlaceWhereAWordStoodOnce_IsNothing()
    {
        var recordings = Recordings.OfTwoDevices((device, session, i) => $$"""{"x":"{{(session == 2 && i == 2 && device == "b" ? "shopping cart" : Generated.Hex(device))}}"}""");

        var result = recordings.Judge();

        Assert.Empty(result.Identifiers);
        Assert.Empty(result.NearMisses);
    }

    [Fact]
    public void PlaceThatIsEmptyAtFirst_IsJudgedByItsValues()
    {
        var recordings = Recordings.OfTwoDevices((device, _, i) => $$"""{"x":"{{(i == 0 ? "" : Generated.Hex(device))}}","y":{{(i == 0 ? "null" : "\"" + Generated.Hex(device) + "\"")}}}""");

        Assert.Equal(["x", "y"], recordings.Judge().Identifiers.Select(i => i.Place.Path));
    }

    [Fact]
    public void FlowsInAnyOrder_GiveTheSame()
    {
        var recordings = Recordings.OfTwoDevices((device, session, i) => $$"""{"id":"{{Generated.Hex(device)}}","n":"{{Generated.Hex($"{device}{session}{i}")}}","app":"{{Generated.Hex("")}}"}""");
        var before = recordings.Judge();

        recordings.Flows.Reverse();
        var after = recordings.Judge();

        Assert.Equal(before.Identifiers.Select(i => i.Reason), after.Identifiers.Select(i => i.Reason));
        Assert.Equal(before.Constants.Select(i => i.Place), after.Constants.Select(i => i.Place));
    }

    [Fact]
    public void FlowsWithoutADevice_AreNoEvidence()
    {
        var recordings = new Recordings();
        for (var i = 0; i < 4; i++)
        {
            recordings.Send(null, 1, Some.Message("POST /v1/events HTTP/1.1\nHost: log.sdk.example", $$"""{"x":"{{Generated.Hex("a")}}"}"""));
        }

        Assert.False(recordings.Launches().HasSomethingToCompare);
        Assert.Empty(recordings.Judge().NearMisses);
    }
}
