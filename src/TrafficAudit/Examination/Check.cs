using System.Text.Json.Serialization;

namespace TrafficAudit.Examination;

/// <summary>One thing that was looked at.</summary>
/// <param name="Part">What: <c>ports</c>, <c>databases</c>, <c>authority</c>, <c>disk</c>, <c>clock</c>.</param>
/// <param name="Result">What came of it.</param>
/// <param name="Text">One line: what was seen, and what to do where it is not well.</param>
internal sealed record Check(string Part, CheckResult Result, string Text);

/// <summary>What came of a check.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CheckResult>))]
internal enum CheckResult
{
    /// <summary>As it should be.</summary>
    [JsonStringEnumMemberName("ok")] Ok,

    /// <summary>A recording works; what it shows is worth less.</summary>
    [JsonStringEnumMemberName("warning")] Warning,

    /// <summary>A recording would not start, or not last.</summary>
    [JsonStringEnumMemberName("fault")] Fault,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(Check))]
internal sealed partial class CheckJson : JsonSerializerContext;
