using System.Collections.Immutable;
using System.Text.Json.Serialization;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// What a seal says of a case: <c>seals/00001.json</c>, signed byte for byte (<c>00001.sig</c>, ECDSA P-256 over SHA-256, DER, by the key of
/// <c>00001.pem</c>), and stamped by an authority where one was asked (<c>00001.tsr</c>, RFC 3161, over the signature). A seal covers everything up to and with
/// the journal record <c>sealed</c> of its number. It never replaces an older one, so that what was sealed twice is held to both.
/// </summary>
public sealed record Seal
{
    /// <summary>The form described here.</summary>
    public const string CurrentFormat = "trafficaudit-seal/1";

    /// <summary><see cref="CurrentFormat"/>.</summary>
    public required string Format { get; init; }

    /// <summary>The how many-eth seal of the case it is, from 1.</summary>
    public required int Number { get; init; }

    /// <summary>When, by this computer's clock, in UTC.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>The program and its version.</summary>
    public required string Software { get; init; }

    /// <summary>SHA-256 of the public key (SubjectPublicKeyInfo, DER) in lower-case hex.</summary>
    public required string Key { get; init; }

    /// <summary>SHA-256 of the JSON of the seal before, in lower-case hex; null for the first.</summary>
    public string? Previous { get; init; }

    /// <summary>The authority that has stamped the signature at once; null when none was asked.</summary>
    public string? TimestampAuthority { get; init; }

    /// <summary>The case's other files that must stay as they are.</summary>
    public required ImmutableArray<SealedFile> Files { get; init; }

    /// <summary>The segments, ascending.</summary>
    public required ImmutableArray<SealedSegment> Segments { get; init; }

    /// <summary>Every erasure of the case so far, in their order; null when there was none. Older seals' digests of the segments it names no longer hold.</summary>
    public ImmutableArray<SealedErasure>? Erasures { get; init; }

    /// <summary>The newest seal of a case as it lies there, not verified; null when there is none that can be understood.</summary>
    /// <exception cref="IOException">It can't be read.</exception>
    public static Seal? Newest(CaseFolder folder) => StoredSeal.Newest(folder)?.Seal;
}

/// <summary>A file that is sealed whole.</summary>
/// <param name="Name">Its name in the case's folder.</param>
/// <param name="Sha256">Its digest in lower-case hex.</param>
public sealed record SealedFile(string Name, string Sha256);

/// <summary>A segment as it was sealed: its first bytes, up to a record's end.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="File">Its name in the case's folder.</param>
/// <param name="Bytes">How many bytes of it are sealed.</param>
/// <param name="Sha256">Their digest in lower-case hex.</param>
/// <param name="Records">How many records they are.</param>
/// <param name="Flows">How many flows are completed in them.</param>
/// <param name="FirstSequence">The first record's number in the chain.</param>
/// <param name="LastSequence">The last one's.</param>
/// <param name="ChainHead">The last record's <c>TA-Chain</c>.</param>
/// <param name="Cdxj">The name of its index.</param>
/// <param name="CdxjSha256">The index's digest in lower-case hex.</param>
public sealed record SealedSegment(
    int Number, string File, long Bytes, string Sha256, long Records, long Flows, long FirstSequence, long LastSequence, string ChainHead, string Cdxj,
    string CdxjSha256);

/// <summary>The JSON of a seal.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, WriteIndented = true, NewLine = "\n", RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(Seal))]
[JsonSerializable(typeof(SealAnnouncement))]
internal sealed partial class SealJson : JsonSerializerContext;
