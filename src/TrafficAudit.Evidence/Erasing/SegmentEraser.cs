using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Recording;
using TrafficAudit.Evidence.Storage;
using TrafficAudit.Evidence.Walking;
using TrafficAudit.Evidence.Warc;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>
/// Rewrites one segment beside the old one and puts it in its place, so that there is either one or the other:
/// <code>
/// other records byte for byte, erased ones as tombstones ─► to the disk ─► index files of the old away ─► rename
/// </code>
/// Done again it changes nothing, and takes up what a program left that was killed.
/// </summary>
internal sealed class SegmentEraser(CaseFolder folder, Erasure erasure, Action<long>? progress)
{
    private const string DraftEnding = ".erasing";

    private readonly byte[] _buffer = new byte[PrefixHash.BufferLength];

    /// <exception cref="IOException">The segment can't be read or written, or is damaged.</exception>
    public void Run(PendingSegment segment, CancellationToken cancellation)
    {
        var file = folder.Segment(segment.Number);
        var draft = file with { Path = file.Path + DraftEnding };
        File.Delete(draft.Path);
        bool isChanged;
        using (var output = new SegmentFile(draft.OpenToWrite(FileMode.CreateNew), 0))
        {
            isChanged = Copy(file, SequenceRanges.Parse(segment.Sequences)!, output, cancellation);
            output.Commit();
        }

        // Only now: what the files hold that were made from the segment goes before the segment does, so that nothing of it is left when this is done.
        File.Delete(folder.CdxjPath(segment.Number));
        folder.DeleteIndexOf(segment.Number);
        if (isChanged)
        {
            File.Move(draft.Path, file.Path, overwrite: true);
        }
        else
        {
            File.Delete(draft.Path);
        }
    }

    /// <summary>Whether anything had to be erased.</summary>
    private bool Copy(CaseFile file, SequenceRanges sequences, SegmentFile output, CancellationToken cancellation)
    {
        using var reader = new SegmentReader(file);
        using var input = file.Open();
        var isChanged = false;
        long end = 0;
        foreach (var record in reader.Read(0, at => throw new IOException($"{file.Path} is damaged at byte {at}; restore it from a copy")))
        {
            cancellation.ThrowIfCancellationRequested();
            if (sequences.Contains(record.Sequence) && record[WarcHeaders.Erased] is null)
            {
                TombstoneWriter.Write(output, record, TombstoneOf(record));
                isChanged = true;
            }
            else if (record.TryVerify())
            {
                Copy(input, record.Offset, record.Offset + record.MemberLength, output);
            }
            else
            {
                // The reader says so when records follow; else it is a torn end.
                continue;
            }

            output.EndRecord(record.Type);
            end = record.Offset + record.MemberLength;
            progress?.Invoke(record.MemberLength);
        }

        // A torn end, which the next recovery keeps aside.
        Copy(input, end, input.Length, output);
        return isChanged;
    }

    private Tombstone TombstoneOf(WarcRecord record)
    {
        var completes = record.Type == "metadata" && record[WarcHeaders.Part] is null;
        try
        {
            var flow = completes ? ErasedMetadata.Of(FlowAssembler.Metadata(record).Flow) : null;
            record.Verify();
            return new Tombstone { Erased = erasure, Length = record.ContentLength, Flow = flow };
        }
        catch (InvalidDataException e)
        {
            throw new IOException($"The record {RecordName.Of(record)} at byte {record.Offset} is damaged; restore the segment from a copy", e);
        }
    }

    private void Copy(StoredFile input, long from, long to, SegmentFile output)
    {
        for (var at = from; at < to;)
        {
            var read = input.Read(_buffer.AsSpan(0, (int)Math.Min(_buffer.Length, to - at)), at);
            if (read == 0)
            {
                throw new EndOfStreamException("The segment has become shorter");
            }

            output.Write(_buffer.AsSpan(0, read));
            at += read;
        }
    }
}
