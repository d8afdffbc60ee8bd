using System.Runtime.InteropServices;

namespace TrafficAudit.Review.Flows;

/// <summary>What a piece of shown text is.</summary>
public enum Tone
{
    /// <summary>Text like any other.</summary>
    Plain,

    /// <summary>A name: of a header, of a field.</summary>
    Name,

    /// <summary>Said by this program, not by the message.</summary>
    Note,
}

/// <summary>That a text holds what was found.</summary>
/// <param name="Finding">The first finding's place in the flow's list, from 0.</param>
/// <param name="Items">The slugs of the items, joined by commas.</param>
public sealed record Mark(int Finding, string Items);

/// <summary>A stretch of a line with one look. Its text is inert already.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tone">What it is.</param>
/// <param name="Mark">What was found in it; null for nothing.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Piece(string Text, Tone Tone = Tone.Plain, Mark? Mark = null);
