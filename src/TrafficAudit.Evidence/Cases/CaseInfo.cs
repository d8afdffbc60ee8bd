using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace TrafficAudit.Evidence.Cases;

/// <summary>What <c>case.json</c> says.</summary>
public sealed record CaseInfo
{
    /// <summary>The case's name, the same as its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The version of the program that created it.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>The company under investigation.</summary>
    public string? Company { get; init; }

    /// <summary>The apps' ids (package names, bundle ids).</summary>
    public ImmutableArray<string> AppIds { get; init; } = [];

    /// <summary>Domains of the company itself; everything else is a third party.</summary>
    public ImmutableArray<string> FirstPartyDomains { get; init; } = [];

    /// <summary>The jurisdiction by which destinations are judged.</summary>
    public string Profile { get; init; } = "kr";

    /// <summary>How the case is encrypted; null when it is not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public CaseEncryption? Encryption { get; init; }
}

/// <summary>The JSON form of <c>case.json</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true)]
[JsonSerializable(typeof(CaseInfo))]
internal sealed partial class CaseJson : JsonSerializerContext;
