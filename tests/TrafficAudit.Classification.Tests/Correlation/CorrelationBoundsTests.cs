using System.Globalization;
using System.Text.Json.Nodes;
using TrafficAudit.Classification.Correlation;

namespace TrafficAudit.Classification.Tests.Correlation;

/// <summary>No false finding from values that are random, and memory that ends.</summary>
public sealed class CorrelationBoundsTests
{
    [Fact]
    public void ValuesThatAreRandomPerRequest_AreNeverFound()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var shapes = Enumerable.Range(0, 12).Select(_ => random.Next(5)).ToArray();
            var result = Recordings.OfTwoDevices((_, _, _) => RandomBody(random, shapes), flows: 2 + random.Next(3)).Judge();

            Assert.True(result.Identifiers.IsEmpty && result.NearMisses.IsEmpty && result.Constants.IsEmpty, $"seed {seed}");
        }
    }

    [Fact]
    public void OneIdentifierAmongRandomValues_IsFoundEveryTime()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new Random(seed);
            var result = Recordings.OfTwoDevices((device, _, _) =>
            {
                var body = JsonNode.Parse(RandomBody(random, [0, 1, 2, 3, 4]))!;
                body["id"] = Generated.Uuid($"{device}{seed}");
                return body.ToJsonString();
            }).Judge();

            Assert.Equal("id", Assert.Single(result.Identifiers).Place.Path);
        }
    }

    [Fact]
    public void PlacesBeyondTheBound_AreCountedAndNeverFound()
    {
        // Every request has keys of its own beside the identifier; the bound is reached before the second session.
        var recordings = Recordings.OfTwoDevices((device, session, i) => RandomKeys(device, session, i, 50));

        var result = recordings.Judge(new CorrelationLimits { Places = 60 });

        Assert.True(result.NotFollowed > 100, $"{result.NotFollowed}");
        Assert.Equal(["id"], result.Identifiers.Select(i => i.Place.Path));
    }

    [Fact]
    public void PlaceThatWasNotFollowedOnce_IsNotTakenUpLater()
    {
        // x changes while there is no room for it, and stays when there is: only the later part would look like an identifier.
        var recordings = Recordings.OfTwoDevices((device, session, i) =>
            session == 1 && i < 2
                ? $$"""{"a":"{{Generated.Hex($"{device}{i}")}}","x":"{{Generated.Hex($"{device}{i}-")}}"}"""
                : $$"""{"x":"{{Generated.Hex(device)}}"}""");

        var result = recordings.Judge(new CorrelationLimits { Places = 1 });

        Assert.Empty(result.Identifiers);
        Assert.Equal(1, result.NotFollowed);
    }

    private static string RandomBody(Random random, int[] shapes)
    {
        var body = new JsonObject();
        for (var i = 0; i < shapes.Length; i++)
        {
            var bytes = new byte[16];
            random.NextBytes(bytes);
            body[$"k{(char)('a' + i)}"] = shapes[i] switch
            {
                0 => new Guid(bytes).ToString(),
                1 => Convert.ToHexStringLower(bytes),
                2 => Convert.ToBase64String(bytes),
                3 => random.NextInt64(3_000_000_000_000_000_000, long.MaxValue).ToString(CultureInfo.InvariantCulture),
                _ => Convert.ToHexString(bytes.AsSpan(0, 8)),
            };
        }

        return body.ToJsonString();
    }

    internal static string RandomKeys(string device, int session, int flow, int count)
    {
        var body = new JsonObject { ["id"] = Generated.Hex(device) };
        for (var i = 0; i < count; i++)
        {
            // Letters only: a key with digits is taken for one of many.
            var name = string.Concat(Generated.Hex($"{device}{session}{flow}{i}", 12).Select(c => (char)('a' + (c % 26))));
            body[name + i % 7] = Generated.Hex($"{device}{i}", 16);
        }

        return body.ToJsonString();
    }
}
