using System.Collections.Immutable;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>Why a body is not shown in the form that was asked for.</summary>
public enum BodyOmission
{
    /// <summary>It is shown.</summary>
    None,

    /// <summary>It would show values, and they are masked.</summary>
    Masked,

    /// <summary>There is no body.</summary>
    Empty,
}

/// <summary>One message as the page shows it: bounded, whatever was captured.</summary>
public sealed record MessageView
{
    /// <summary>Which message.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>What is known of it beside its bytes; null where nobody said.</summary>
    public required MessageFacts? Facts { get; init; }

    /// <summary>Its head.</summary>
    public required Sheet Head { get; init; }

    /// <summary>Bytes of body without content coding.</summary>
    public required long PlainLength { get; init; }

    /// <summary>The page of its body; null where it is not shown.</summary>
    public required Sheet? Body { get; init; }

    /// <summary>Why <see cref="Body"/> is null.</summary>
    public BodyOmission Omission { get; init; }

    /// <summary>What was undone to read the body, outermost first: content codings, then formats.</summary>
    public required ImmutableArray<string> Decodings { get; init; }

    /// <summary>The image that the body is; null for anything else.</summary>
    public ImageInfo? Image { get; init; }

    /// <summary>What it was decoded to.</summary>
    public required ImmutableArray<FieldNode> Fields { get; init; }

    /// <summary>Whether fields were left out of <see cref="Fields"/>.</summary>
    public required bool AreFieldsCut { get; init; }

    /// <summary>Whether a bound ended the decoding: what was not found may still be there.</summary>
    public required bool IsDecodingCut { get; init; }

    /// <summary>Fields behind the body, masked unless revealed.</summary>
    public required Sheet Trailers { get; init; }
}
