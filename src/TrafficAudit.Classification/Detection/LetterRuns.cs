using System.Buffers;

namespace TrafficAudit.Classification.Detection;

/// <summary>Walks over the runs of certain letters in a text that are at least so long: where digests stand.</summary>
/// <param name="text">The text.</param>
/// <param name="letters">The letters.</param>
/// <param name="shortest">Length of the shortest run that counts, from 1.</param>
internal ref struct LetterRuns(ReadOnlySpan<char> text, SearchValues<char> letters, int shortest)
{
    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>First character of the current run.</summary>
    public int Start { get; private set; }

    /// <summary>Its length.</summary>
    public int Length { get; private set; }

    /// <summary>Goes to the next run. Looks at every so many-th character only, as a run that long can't hide between two of them.</summary>
    public bool MoveNext()
    {
        while (_at + shortest <= _text.Length)
        {
            var probe = _at + shortest - 1;
            if (!letters.Contains(_text[probe]))
            {
                _at = probe + 1;
                continue;
            }

            var before = _text[_at..probe].LastIndexOfAnyExcept(letters);
            Start = _at + before + 1;
            var length = _text[Start..].IndexOfAnyExcept(letters);
            Length = length < 0 ? _text.Length - Start : length;
            _at = Start + Length;
            if (Length >= shortest)
            {
                return true;
            }
        }

        return false;
    }
}
