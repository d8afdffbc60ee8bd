using System.Collections.Concurrent;
using System.Text.Json;
using TrafficAudit.Index.Filtering;
using TrafficAudit.Model;

namespace TrafficAudit.Assessment.Decisions;

/// <summary>
/// Every decision of a case, in the order of its journal, and what they come to: the state is nothing but a replay of the records. Records that can't be understood
/// are left out and told. Thread-safe.
/// </summary>
public sealed class DecisionBook : IJudgements
{
    private const int FaultsKept = 100;

    // Read by queries without the lock; written under it.
    private readonly ConcurrentDictionary<(long Flow, PlaceDigest Place), Judgement> _findings = new();
    private readonly ConcurrentDictionary<(string Item, string Recipient, string? Country), Judgement> _transfers = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<Subject, SubjectRecord> _subjects = [];
    private readonly List<RecordedDecision> _decisions = [];
    private readonly Dictionary<string, RecordedDecision> _byId = new(StringComparer.Ordinal);
    private readonly List<DecisionFault> _faults = [];
    private int _named;
    private int _faultCount;
    private int _reviewers = 1;

    /// <inheritdoc/>
    public bool IsEmpty => _findings.IsEmpty && _transfers.IsEmpty;

    /// <summary>How many different people must say the same before a subject is confirmed or rejected: 1 or 2.</summary>
    public int Reviewers => Volatile.Read(ref _reviewers);

    /// <summary>How many records were left out; <see cref="Faults"/> has the first hundred of them.</summary>
    public int FaultCount => Volatile.Read(ref _faultCount);

    /// <summary>What was left out, and why.</summary>
    public IReadOnlyList<DecisionFault> Faults
    {
        get
        {
            lock (_gate)
            {
                return [.. _faults];
            }
        }
    }

    /// <summary>Replays a record of a decision; one with a fault is noted under <see cref="Faults"/> and changes nothing.</summary>
    public void Replay(DateTimeOffset time, JsonElement content)
    {
        try
        {
            Add(DecisionFormat.Read(content, time));
        }
        catch (DecisionException e)
        {
            NoteFault(time, e.Message);
        }
    }

    /// <summary>Replays a record that says how many reviewers must agree: <c>{"reviewers": 2, "by": …}</c>.</summary>
    public void ReplayReviewers(DateTimeOffset time, JsonElement content)
    {
        if (content.ValueKind == JsonValueKind.Object && content.TryGetProperty("reviewers", out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var reviewers) && reviewers is 1 or 2)
        {
            Require(reviewers);
        }
        else
        {
            NoteFault(time, "the record of how many reviewers must agree says neither 1 nor 2");
        }
    }

    /// <summary>From now on this many people must say the same, also of what was decided before.</summary>
    public void Require(int reviewers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(reviewers, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(reviewers, 2);
        lock (_gate)
        {
            _reviewers = reviewers;
            foreach (var subject in _subjects.Values)
            {
                Judge(subject);
            }
        }
    }

    /// <summary>Adds a decision, or a part of one that is there.</summary>
    /// <exception cref="DecisionException">It can't have its effect; nothing has changed.</exception>
    public void Add(Decision decision)
    {
        DecisionCheck.Throw(decision);
        lock (_gate)
        {
            if (_decisions.Count >= DecisionLimits.OfCase || _named + decision.Subjects.Length > DecisionLimits.OfCase)
            {
                throw new DecisionException($"a case holds at most {DecisionLimits.OfCase} decisions");
            }

            if (decision.Undoes is { } id)
            {
                Undo(id, decision);
            }
            else
            {
                Record(decision);
            }
        }
    }

    /// <summary>Whether a decision can be taken back; null when it can, else why not.</summary>
    public string? WhyNotUndone(string id)
    {
        lock (_gate)
        {
            return FaultOfUndo(id);
        }
    }

    /// <summary>A decision; null when there is none of this id.</summary>
    public DecisionEntry? Find(string id)
    {
        lock (_gate)
        {
            return _byId.GetValueOrDefault(id)?.Entry;
        }
    }

    /// <summary>The newest decisions and undos, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="by">Only this person's; null for everybody's.</param>
    public IReadOnlyList<DecisionEntry> Newest(int limit, string? by = null)
    {
        lock (_gate)
        {
            return [.. Enumerable.Reverse(_decisions).Where(d => by is null || d.Decision.By == by).Take(limit).Select(d => d.Entry)];
        }
    }

    /// <summary>Everything that was said about a subject, in its order.</summary>
    public IReadOnlyList<DecisionEntry> HistoryOf(Subject subject)
    {
        lock (_gate)
        {
            return _subjects.TryGetValue(subject, out var record) ? [.. record.Decisions.Select(d => d.Entry)] : [];
        }
    }

    /// <summary>Where the judging of a subject stands.</summary>
    public Judgement Of(Subject subject) => subject switch
    {
        FindingSubject f => OfFinding(f.Flow, f.Place),
        TransferSubject t => OfTransfer(t.Item, t.Recipient, t.Country),
        _ => throw new ArgumentOutOfRangeException(nameof(subject)),
    };

    /// <inheritdoc/>
    public Judgement OfFinding(long flow, PlaceDigest place) => _findings.TryGetValue((flow, place), out var judgement) ? judgement : Judgement.Open;

    /// <inheritdoc/>
    public Judgement OfTransfer(string item, string recipient, string? country) =>
        _transfers.TryGetValue((item, recipient, country), out var judgement) ? judgement : Judgement.Open;

    private void Record(Decision decision)
    {
        if (_byId.TryGetValue(decision.Id, out var known))
        {
            // More subjects of a decision that is there: all else must be as it was.
            if (known.Decision with { Subjects = [], Time = decision.Time, Tags = [], Untags = [] } != decision with { Subjects = [], Tags = [], Untags = [] })
            {
                throw new DecisionException("another decision has the same id");
            }

            known.Extend(decision);
        }
        else
        {
            known = new RecordedDecision(decision);
            _decisions.Add(known);
            _byId.Add(decision.Id, known);
        }

        _named += decision.Subjects.Length;
        foreach (var subject in decision.Subjects)
        {
            if (!_subjects.TryGetValue(subject, out var record))
            {
                _subjects.Add(subject, record = new SubjectRecord(subject));
            }

            if (!record.TryAdd(known))
            {
                Note(decision.Time, $"a subject has {DecisionLimits.DecisionsOnSubject} decisions; the next on it are left out");
                continue;
            }

            Judge(record);
        }
    }

    private void Undo(string id, Decision undo)
    {
        if (FaultOfUndo(id) is { } fault)
        {
            throw new DecisionException(fault);
        }

        if (!_byId.TryAdd(undo.Id, new RecordedDecision(undo)))
        {
            throw new DecisionException("another decision has the same id");
        }

        _decisions.Add(_byId[undo.Id]);
        var undone = _byId[id];
        undone.UndoneBy = undo;
        foreach (var subject in undone.Decision.Subjects)
        {
            Judge(_subjects[subject]);
        }
    }

    private string? FaultOfUndo(string id) => _byId.GetValueOrDefault(id) switch
    {
        null => "there is no decision of the id that is to be undone",
        { Decision.Undoes: not null } => "an undo is not undone: decide again instead",
        { UndoneBy: not null } => "the decision was undone already",
        _ => null,
    };

    private void Judge(SubjectRecord record)
    {
        var judgement = record.Judge(_reviewers);
        switch (record.Subject)
        {
            case FindingSubject f:
                _findings[(f.Flow, f.Place)] = judgement;
                break;
            case TransferSubject t:
                _transfers[(t.Item, t.Recipient, t.Country)] = judgement;
                break;
        }
    }

    private void NoteFault(DateTimeOffset time, string reason)
    {
        lock (_gate)
        {
            Note(time, reason);
        }
    }

    private void Note(DateTimeOffset time, string reason)
    {
        _faultCount++;
        if (_faults.Count < FaultsKept)
        {
            _faults.Add(new DecisionFault(time, reason));
        }
    }
}
