using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Logging;
using TrafficAudit.Assessment.Decisions;
using TrafficAudit.Assessment.Notes;
using TrafficAudit.Evidence;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Pipeline;

/// <summary>
/// The decisions and notes of a case, replayed from its journal. Their records are copied beside the index with how far the evidence was read, so that the next reading begins
/// there; like the index that copy can be deleted, and of an encrypted case there is none.
/// </summary>
internal static partial class CaseDecisions
{
    private static readonly string[] Kinds = [JournalKinds.Decision, JournalKinds.ReviewersRequired, JournalKinds.FlowMarked, JournalKinds.FilterSaved];

    /// <summary>Replays them; records that can't be used are logged in one line.</summary>
    public static CaseBooks Load(CaseFolder folder, ILogger logger)
    {
        var copy = Read(folder);
        var current = Continue(folder, copy, logger);
        if (!folder.IsEncrypted && !current.Segments.SequenceEqual(copy.Segments))
        {
            Keep(folder, current);
        }

        var books = new CaseBooks(new DecisionBook(), new NoteBook());
        foreach (var entry in current.Entries)
        {
            Replay(entry, books);
        }

        if (books.Decisions.FaultCount > 0)
        {
            var first = books.Decisions.Faults[0];
            LogFaults(logger, books.Decisions.FaultCount, folder.Info.Name, first.Time, first.Reason);
        }

        if (books.Notes.FaultCount > 0)
        {
            LogNoteFaults(logger, books.Notes.FaultCount, folder.Info.Name);
        }

        return books;
    }

    private static void Replay(JournalEntry entry, CaseBooks books)
    {
        switch (entry.Kind)
        {
            case JournalKinds.Decision:
                books.Decisions.Replay(entry.Time, entry.Content);
                break;
            case JournalKinds.ReviewersRequired:
                books.Decisions.ReplayReviewers(entry.Time, entry.Content);
                break;
            case JournalKinds.FlowMarked:
                books.Notes.ReplayMark(entry.Content);
                break;
            default:
                books.Notes.ReplayFilter(entry.Content);
                break;
        }
    }

    /// <summary>Forgets the copy: everything is to be made again from the evidence.</summary>
    public static void Forget(CaseFolder folder)
    {
        if (Directory.Exists(folder.IndexFolder))
        {
            File.Delete(folder.DecisionsFile);
        }
    }

    private static StoredDecisions Continue(CaseFolder folder, StoredDecisions copy, ILogger logger)
    {
        // Damage is read over: what was decided behind it still counts.
        var reader = new EvidenceReader(folder, at => LogDamaged(logger, folder.Info.Name, at.Segment, at.Offset));
        var covered = copy.Segments.ToDictionary(s => s.Segment, s => s.End);
        if (covered.Any(s => !folder.Segments.Contains(s.Key) || reader.SegmentLength(s.Key) < s.Value))
        {
            (copy, covered) = (StoredDecisions.None, []);
        }

        var entries = copy.Entries.ToBuilder();
        var segments = ImmutableArray.CreateBuilder<CoveredSegment>();
        foreach (var segment in folder.Segments)
        {
            var from = covered.GetValueOrDefault(segment);
            var end = from;
            if (reader.SegmentLength(segment) > from)
            {
                entries.AddRange(reader.ReadJournal(segment, from, Kinds, out end));
            }

            segments.Add(new CoveredSegment(segment, end));
        }

        return new StoredDecisions(segments.ToImmutable(), entries.ToImmutable());
    }

    private static StoredDecisions Read(CaseFolder folder)
    {
        try
        {
            return !folder.IsEncrypted && File.Exists(folder.DecisionsFile)
                && JsonSerializer.Deserialize(File.ReadAllBytes(folder.DecisionsFile), DecisionsJson.Default.StoredDecisions) is { Segments.IsDefault: false, Entries.IsDefault: false } copy
                ? copy
                : StoredDecisions.None;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // It is made again.
            return StoredDecisions.None;
        }
    }

    private static void Keep(CaseFolder folder, StoredDecisions decisions)
    {
        try
        {
            if (Directory.Exists(folder.IndexFolder))
            {
                var draft = $"{folder.DecisionsFile}.{Environment.ProcessId}.part";
                Running.PrivateFolder.Write(draft, JsonSerializer.SerializeToUtf8Bytes(decisions, DecisionsJson.Default.StoredDecisions));
                File.Move(draft, folder.DecisionsFile, overwrite: true);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A case on a full or read-only disk can be read all the same; the next command reads the journal again.
            return;
        }
    }

    [LoggerMessage(3204, LogLevel.Error, "The evidence of case {Case} is damaged: segment {Segment} at byte {Offset}; a decision that stood there is missing")]
    private static partial void LogDamaged(ILogger logger, string @case, int segment, long offset);

    [LoggerMessage(3205, LogLevel.Error, "{Count} records of marks and kept filters in case {Case} can't be used and are left out")]
    private static partial void LogNoteFaults(ILogger logger, int count, string @case);

    [LoggerMessage(3203, LogLevel.Error, "{Count} records of decisions in case {Case} can't be used and are left out; the first, of {Time:u}: {Reason}")]
    private static partial void LogFaults(ILogger logger, int count, string @case, DateTimeOffset time, string reason);
}

/// <summary>How far a segment was read.</summary>
internal sealed record CoveredSegment(int Segment, long End);

/// <summary>The copy of the journal's records of decisions.</summary>
internal sealed record StoredDecisions(ImmutableArray<CoveredSegment> Segments, ImmutableArray<JournalEntry> Entries)
{
    public static StoredDecisions None { get; } = new([], []);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(StoredDecisions))]
internal sealed partial class DecisionsJson : JsonSerializerContext;
