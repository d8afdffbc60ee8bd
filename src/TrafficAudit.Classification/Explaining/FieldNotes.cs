using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Explaining;

/// <summary>What the detectors say of one field, written down while they look at it.</summary>
internal sealed class FieldNotes(Field of)
{
    private readonly List<DetectorNote> _notes = [];

    /// <summary>The field.</summary>
    public Field Field => of;

    /// <summary>Writes down that a detector looked and why nothing came of it.</summary>
    public void Add(Detector detector, string text) => Add(new DetectorNote(detector, Fired: false, text));

    /// <summary>Writes down what a detector found.</summary>
    public void AddFound(Detector detector, string text) => Add(new DetectorNote(detector, Fired: true, text));

    /// <summary>The explanation; <paramref name="above"/> stands before the field's path.</summary>
    public FieldExplanation Finish(string above) => new(of.Location.Within(above), of, [.. _notes.OrderBy(note => note.Detector)]);

    // A format that is found by its key and again by looking through the text says the same twice.
    private void Add(DetectorNote note)
    {
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }
}
