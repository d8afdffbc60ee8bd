using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Erasing;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>
/// Seals a case:
/// <code>
/// announce (journal record `sealed`) ─► walk over what is new, write indexes ─► sign ─► ask for a timestamp ─► write the seal
/// </code>
/// The JSON is written last: without it there is no seal, so that a program that is killed on the way leaves the old one as it was.
/// </summary>
/// <param name="folder">The case.</param>
/// <param name="key">The installation's key.</param>
/// <param name="software">The program's name and version.</param>
/// <param name="time">The clock.</param>
public sealed class CaseSealer(CaseFolder folder, SealingKey key, string software, TimeProvider time)
{
    /// <summary>The key that seals.</summary>
    internal SealingKey Key => key;

    /// <summary>Stamps each seal; null for none.</summary>
    public TimestampAuthority? Authority { get; init; }

    /// <summary>Gets the bytes of evidence done; null for nobody.</summary>
    public IProgress<long>? Progress { get; init; }

    /// <summary>The journal record that a seal covers as its last.</summary>
    /// <exception cref="IOException">The newest seal can't be read.</exception>
    internal JournalEntry Announce()
    {
        var newest = StoredSeal.Newest(folder);
        var announcement = new SealAnnouncement((newest?.Files.Number ?? 0) + 1, newest?.Sha256, key.Fingerprint);
        return new JournalEntry(
            JournalKinds.Sealed, time.GetUtcNow(), JsonSerializer.SerializeToElement(announcement, SealJson.Default.SealAnnouncement));
    }

    /// <summary>Seals everything up to what <see cref="Announce"/> gave, which is on disk.</summary>
    /// <exception cref="IOException">A file can't be read or written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file can't be read or written.</exception>
    internal async Task<SealOutcome> CompleteAsync(CancellationToken cancellation)
    {
        var newest = StoredSeal.Newest(folder);
        var files = new SealFiles(folder, (newest?.Files.Number ?? 0) + 1);
        var faults = new FaultList();
        CaseFolder.CreatePrivate(SealFiles.FolderOf(folder));
        VerifyGuide.Write(folder);
        var pending = PendingErasure.Read(folder);
        var erasures = SealedErasure.With(newest?.Seal?.Erasures, pending, files.Number);
        var segments = await Task.Run(() => SealSegments(files.Number, newest?.Seal, DeclaredErasures.Of(key.Fingerprint, erasures), faults, cancellation), cancellation);
        var seal = new Seal
        {
            Format = Seal.CurrentFormat,
            Number = files.Number,
            SealedAt = time.GetUtcNow(),
            Software = software,
            Key = key.Fingerprint,
            Previous = newest?.Sha256,
            Files = OtherFiles(),
            Segments = segments,
            Erasures = erasures,
        };
        var (json, signature, request, response, remark) = await SignAsync(seal, cancellation);
        WriteFiles(files, signature, request, response, json);
        PendingErasure.Delete(folder);
        return new SealOutcome(
            seal, files.PublicKey, files.TimestampRequest, response is null ? null : Timestamp.Read(response, signature, roots: null), remark, faults.Sorted());
    }

    private ImmutableArray<SealedSegment> SealSegments(int number, Seal? before, DeclaredErasures erasures, FaultList faults, CancellationToken cancellation)
    {
        var sealer = new SegmentSealer(folder, number, erasures, faults, bytes => Progress?.Report(bytes));
        var numbers = folder.Segments;
        var segments = ImmutableArray.CreateBuilder<SealedSegment>();
        var chain = RecordChain.Start();
        foreach (var segment in numbers)
        {
            var known = before?.Segments.FirstOrDefault(s => s.Number == segment);
            var (made, isEnd) = sealer.Seal(segment, known, chain, segment == numbers[^1], cancellation);
            segments.Add(made);
            if (isEnd)
            {
                break;
            }

            chain = new RecordChain(made.LastSequence, SegmentSealer.HeadOf(made));
        }

        return segments.DrainToImmutable();
    }

    /// <summary>What is not rewritten as the case goes on: <c>case.json</c>, the guide, what was cut off segments, and kept originals.</summary>
    private ImmutableArray<SealedFile> OtherFiles() =>
    [
        .. new[] { CaseFolder.InfoName, VerifyGuide.FileName }
            .Concat(Directory.EnumerateFiles(folder.Path, "evidence-*.torn-*").Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal))
            .Concat(folder.OriginalNames)
            .Select(name => (Name: name, Path: Path.Combine(folder.Path, name)))
            .Where(f => File.Exists(f.Path))
            .Select(f => new SealedFile(f.Name, PrefixHash.Of(f.Path, new FileInfo(f.Path).Length)!)),
    ];

    /// <summary>That the seal is stamped stands in it and is signed, so that a timestamp that is taken away is missed.</summary>
    private async Task<(byte[] Json, byte[] Signature, byte[] Request, byte[]? Response, string? Remark)> SignAsync(Seal seal, CancellationToken cancellation)
    {
        string? remark = null;
        if (Authority is not null)
        {
            var (stampedJson, stampedSignature) = Sign(seal with { TimestampAuthority = Authority.Address.ToString() });
            var stampedRequest = TimestampAuthority.RequestFor(stampedSignature);
            try
            {
                var response = await Authority.StampAsync(stampedRequest, cancellation);
                Timestamp.Read(response, stampedSignature, roots: null);
                return (stampedJson, stampedSignature, stampedRequest, response, null);
            }
            catch (TimestampException e)
            {
                remark = e.Message;
            }
        }

        var (json, signature) = Sign(seal);
        return (json, signature, TimestampAuthority.RequestFor(signature), null, remark);
    }

    private (byte[] Json, byte[] Signature) Sign(Seal seal)
    {
        byte[] json = [.. JsonSerializer.SerializeToUtf8Bytes(seal, SealJson.Default.Seal), (byte)'\n'];
        return (json, key.Sign(json));
    }

    private void WriteFiles(SealFiles files, byte[] signature, byte[] request, byte[]? response, byte[] json)
    {
        PrivateFile.Write(files.Signature, signature);
        PrivateFile.Write(files.PublicKey, Encoding.ASCII.GetBytes(key.PublicPem));
        PrivateFile.Write(files.TimestampRequest, request);
        if (response is not null)
        {
            PrivateFile.Write(files.Timestamp, response);
        }
        else
        {
            // Of a program that was killed before its seal was there.
            File.Delete(files.Timestamp);
        }

        SealDigests.Write(files, SHA256.HashData(json));
        PrivateFile.Write(files.Json, json);
    }
}
