using System.Collections.Immutable;
using TrafficAudit.Classification.Personas;

namespace TrafficAudit.Classification.Detection;

/// <summary>A known value met in a text.</summary>
/// <param name="Start">Its first character.</param>
/// <param name="Length">Its length in characters.</param>
/// <param name="Needle">Which known form it is.</param>
/// <param name="Transformations">How the known value became what was seen.</param>
/// <param name="IsDigest">Whether a digest of it was seen.</param>
internal readonly record struct PersonaHit(int Start, int Length, Needle Needle, ImmutableArray<string> Transformations, bool IsDigest)
{
    /// <summary>Whether it is in an encoding that was looked into and not decoded.</summary>
    public bool IsEncoded { get; init; }

    /// <summary>The character behind it.</summary>
    public int End => Start + Length;
}
