using System.Collections.Immutable;

namespace TrafficAudit.Model;

/// <summary>An item of personal data detected in one field of one flow.</summary>
public sealed record Finding
{
    /// <summary>The item's slug from the taxonomy (<c>phone</c>, <c>postal_address</c>, <c>gaid</c>).</summary>
    public required string Item { get; init; }

    /// <summary>Which detector is the strongest that found it.</summary>
    public required Detector Detector { get; init; }

    /// <summary>How good the evidence is, A to F.</summary>
    public required Strength Strength { get; init; }

    /// <summary>What a reader may conclude; follows from <see cref="Strength"/>.</summary>
    public Confidence Confidence => ConfidenceOf(Strength);

    /// <summary>One sentence that says why; it holds no personal value.</summary>
    public required string Reason { get; init; }

    /// <summary>The value as it stands in the field after decoding (at most 1,024 characters). Unmasked: mask it before showing.</summary>
    public required string Value { get; init; }

    /// <summary>Where it was found.</summary>
    public required FindingLocation Location { get; init; }

    /// <summary>How the known value was transformed to become what was seen, outermost last (<c>lowercase</c>, <c>sha256</c>).</summary>
    public ImmutableArray<string> Encodings { get; init; } = [];

    /// <summary>In which state the value travelled.</summary>
    public FindingState State { get; init; }

    /// <summary>Whether the app gave it away or a server gave it back.</summary>
    public required Direction Direction { get; init; }

    /// <summary>Marks such as <c>sent_unencrypted</c>.</summary>
    public ImmutableArray<string> Flags { get; init; } = [];

    /// <summary>False for findings by pattern alone (F): listed on request only, never part of a transfer.</summary>
    public bool IsCounted => Strength != Strength.F;

    /// <summary>What a reader may conclude from evidence of this grade.</summary>
    public static Confidence ConfidenceOf(Strength strength) => strength switch
    {
        Strength.A or Strength.B or Strength.C => Confidence.Certain,
        Strength.D => Confidence.Likely,
        _ => Confidence.Possible,
    };
}

/// <summary>Where in a flow a field lies.</summary>
/// <param name="Message">Which message.</param>
/// <param name="Part">Which part of it.</param>
/// <param name="Path">
/// Steps joined by <c>.</c>, array index <c>[0]</c>, a key that holds <c>.</c> in quotes, form and query keys verbatim, multipart part
/// names; a nested document continues the path.
/// </param>
/// <param name="Decodings">What decoders undid on the way to the field, outermost first (<c>gzip</c>, <c>json</c>, <c>base64</c>).</param>
/// <param name="Start">First byte, within the part as transferred, of the outermost encoded text that holds the field; -1 if not known.</param>
/// <param name="Length">Length in bytes of that text; 0 if not known.</param>
public sealed record FindingLocation(
    MessageKind Message, MessagePart Part, string Path, ImmutableArray<string> Decodings, int Start = -1, int Length = 0)
{
    /// <summary>This place when its path goes on from <paramref name="path"/>: that of one message among many (<c>[12]</c> and <c>user.email</c> give <c>[12].user.email</c>).</summary>
    public FindingLocation Within(string path) =>
        this with { Path = path is { Length: > 0 } && Path is [not '[', ..] ? $"{path}.{Path}" : path + Path };
}
