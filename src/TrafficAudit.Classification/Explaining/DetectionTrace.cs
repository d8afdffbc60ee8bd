using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Explaining;

/// <summary>
/// Follows the detection in the fields that are to be explained. The detectors themselves say what they see, so that what is explained can't differ from what is
/// done. Used for one flow.
/// </summary>
internal sealed class DetectionTrace(FieldChoice choice)
{
    private readonly List<FieldExplanation> _explanations = [];
    private readonly List<FieldNotes> _ofMessage = [];
    private string _above = "";

    /// <summary>What was written down so far.</summary>
    public IReadOnlyList<FieldExplanation> Explanations => _explanations;

    /// <summary>Where to write what is seen in this field; null when it is not to be explained.</summary>
    public FieldNotes? For(Field field)
    {
        if ((choice.Message ?? field.Message) != field.Message || (choice.Part ?? field.Part) != field.Part
            || field.Location.Within(_above).Path != choice.Path)
        {
            return null;
        }

        // A rule that decodes by itself sees a field of its own in the same place.
        var notes = _ofMessage.Find(known => known.Field == field || known.Field.Decodings.SequenceEqual(field.Decodings));
        if (notes is null)
        {
            notes = new FieldNotes(field);
            _ofMessage.Add(notes);
        }

        return notes;
    }

    /// <summary>Writes down what holds for all of these fields but <paramref name="others"/>.</summary>
    public void AddToAll(Detector detector, string text, params IEnumerable<FieldNotes> others)
    {
        foreach (var notes in _ofMessage.Except(others))
        {
            notes.Add(detector, text);
        }
    }

    /// <summary>Writes down what holds for the fields in one place of the message.</summary>
    public void AddAt(FindingLocation place, Detector detector, string text)
    {
        foreach (var notes in _ofMessage.Where(notes => notes.Field.Location.Part == place.Part && notes.Field.Location.Path == place.Path))
        {
            notes.Add(detector, text);
        }
    }

    /// <summary>Begins a message; <paramref name="above"/> stands before its fields' paths when it is one of many.</summary>
    public void Begin(string above = "") => _above = above;

    /// <summary>Ends a message.</summary>
    public void End()
    {
        _explanations.AddRange(_ofMessage.Select(notes => notes.Finish(_above)));
        _ofMessage.Clear();
    }
}
