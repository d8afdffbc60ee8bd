using TrafficAudit.Results;
using TrafficAudit.Review;

namespace TrafficAudit.Tests.Results;

/// <summary>A request travels as words to the process that records the case.</summary>
public sealed class ResultRequestTests
{
    public static TheoryData<string, string?, bool, bool, long?, int?> Requests => new()
    {
        { "table", null, false, false, null, null },
        { "json", "host:*.example.com item:phone -method:GET", true, true, null, 80 },
        { "ndjson", "", false, true, 5_000_000_000, 1 },
        { "csv", "path:\"/a b&c=d\" 한국", true, false, 1, int.MaxValue },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public void Request_ComesBackAsItWas(string format, string? filter, bool reveal, bool all, long? flow, int? width)
    {
        var request = new ResultRequest("findings", format) { Filter = filter, Reveal = reveal, All = all, Flow = flow, Width = width, Path = "a.b", Message = "request", Part = "body" };

        Assert.Equal(request, ResultRequest.Of("findings", request.ToOptions()));
    }

    [Fact]
    public void NoOptions_MeanAMaskedTable() =>
        Assert.Equal(new ResultRequest("flows", "table"), ResultRequest.Of("flows", new Dictionary<string, string>(StringComparer.Ordinal)));

    [Theory]
    [InlineData("nonsense", "1")]
    [InlineData("Format", "json")]
    [InlineData("flow", "0")]
    [InlineData("flow", "-1")]
    [InlineData("flow", "x")]
    [InlineData("flow", "99999999999999999999")]
    [InlineData("width", "0")]
    [InlineData("width", "2147483648")]
    [InlineData("width", "4294967297")]
    public void WrongOption_IsRejectedByName(string name, string value)
    {
        var rejected = Assert.Throws<RejectedRequestException>(
            () => ResultRequest.Of("show", new Dictionary<string, string>(StringComparer.Ordinal) { [name] = value }));

        Assert.Contains(name, rejected.Message, StringComparison.Ordinal);
    }
}
