using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>The decoding of one message: what was found, and what is left of its bounds. Used by one thread.</summary>
internal sealed class DecodingRun(MessageKind message, DecodingLimits limits, TimeProvider time)
{
    /// <summary>Fields between two looks at the clock, which costs as much as a field.</summary>
    private const int ClockInterval = 64;

    private readonly long _started = time.GetTimestamp();
    private readonly List<Field> _fields = new(48);

    /// <summary>Fields whose parent is not closed yet, a stack: the children of one parent lie together on its top.</summary>
    private readonly List<Field> _pending = new(48);

    private int _count;
    private long _decoded;

    /// <summary>The bounds.</summary>
    public DecodingLimits Limits => limits;

    /// <summary>The character encoding that the body's type names, for percent-encoded bytes that are no UTF-8.</summary>
    public string? Charset { get; set; }

    /// <summary>Whether a bound was reached.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Whether nothing more can be added: count or time is used up.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>Open containers of the JSON documents being read, a stack.</summary>
    public List<JsonFrame> JsonFrames { get; } = new(8);

    /// <summary>The top of the stack of fields, to be given to <see cref="Close"/> or <see cref="Undo"/>.</summary>
    public RunMark Mark => new(_pending.Count, _fields.Count, _count);

    /// <summary>How many bytes decoders may still yield.</summary>
    public long BytesLeft => limits.DecodedBytes - _decoded;

    /// <summary>Adds a field; null when a bound forbids it.</summary>
    public Field? Add(
        in Scope scope, string? key, int index, FieldKind kind, string? text, int offset, int length, ReadOnlyMemory<byte> bytes = default)
    {
        if (_count >= limits.Fields || (_count % ClockInterval == 0 && IsLate()))
        {
            Exhausted = Truncated = true;
        }

        if (Exhausted)
        {
            return null;
        }

        _count++;
        var field = new Field
        {
            Parent = scope.Parent,
            Message = message,
            Part = scope.Part,
            Key = key,
            Index = index,
            Kind = kind,
            Text = text,
            Bytes = bytes,
            Decodings = scope.Decodings,
            Start = scope.Exact ? scope.Start + offset : scope.Start,
            Length = scope.Exact ? length : scope.Length,
        };
        _pending.Add(field);
        if (kind != FieldKind.Container)
        {
            _fields.Add(field);
        }

        return field;
    }

    /// <summary>Gives every field added since <paramref name="mark"/> and not closed yet to <paramref name="parent"/>.</summary>
    public void Close(Field parent, RunMark mark)
    {
        if (_pending.Count > mark.Pending)
        {
            parent.Children = CollectionsMarshal.AsSpan(_pending)[mark.Pending..].ToArray();
            _pending.RemoveRange(mark.Pending, _pending.Count - mark.Pending);
        }
    }

    /// <summary>
    /// Finds the field added since <paramref name="before"/>, to which all later ones were given, and lets more children be added to it;
    /// <paramref name="children"/> is for closing it again. False when there is none.
    /// </summary>
    public bool TryReopen(RunMark before, [NotNullWhen(true)] out Field? field, out RunMark children)
    {
        field = _pending.Count > before.Pending ? _pending[before.Pending] : null;
        children = Mark;
        if (field is not null)
        {
            _pending.AddRange(field.Children);
        }

        return field is not null;
    }

    /// <summary>Whether the field added since <paramref name="before"/> is undecoded after no more than <paramref name="steps"/> steps.</summary>
    public bool IsUndecoded(RunMark before, int steps) =>
        _pending.Count > before.Pending && _pending[before.Pending] is { Kind: FieldKind.Undecoded } field && field.Decodings.Length == steps;

    /// <summary>Forgets every field added since <paramref name="mark"/>: the guess was wrong.</summary>
    public void Undo(RunMark mark)
    {
        _pending.RemoveRange(mark.Pending, _pending.Count - mark.Pending);
        _fields.RemoveRange(mark.Fields, _fields.Count - mark.Fields);
        _count = mark.Count;
    }

    /// <summary>Takes one decoding step that yields <paramref name="bytes"/> bytes; false when depth or volume forbids it.</summary>
    public bool TryStep(in Scope scope, string decoding, long bytes, out Scope next)
    {
        next = scope;
        if (scope.Decodings.Length >= limits.Depth || Exhausted)
        {
            Truncated = true;
            return false;
        }

        if (!TrySpend(bytes))
        {
            return false;
        }

        next = scope with { Decodings = scope.Decodings.Add(decoding) };
        return true;
    }

    /// <summary>Counts bytes that a decoder yields; false, and nothing is counted, when they are too many.</summary>
    public bool TrySpend(long bytes)
    {
        if (bytes > BytesLeft)
        {
            Truncated = true;
            return false;
        }

        _decoded += bytes;
        return true;
    }

    /// <summary>Notes that a decoder stopped at a bound of its own (nesting, expansion).</summary>
    public void Cut() => Truncated = true;

    /// <summary>Whether the time is over; from then on nothing is added.</summary>
    public bool IsLate()
    {
        if (!Exhausted && time.GetElapsedTime(_started) > limits.Time)
        {
            Exhausted = Truncated = true;
        }

        return Exhausted;
    }

    /// <summary>What was found.</summary>
    public DecodedMessage Finish() => new(_pending.ToArray(), _fields, Truncated);
}

/// <summary>A moment of a run.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct RunMark(int Pending, int Fields, int Count);
