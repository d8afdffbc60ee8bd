using System.Buffers;
using System.Buffers.Text;
using TrafficAudit.Classification.Personas;

namespace TrafficAudit.Classification.Detection;

/// <summary>
/// Walks over what may be a digest's bytes as base64 or base64url (RFC 4648) in a text: runs of such letters that are as long as a digest's, with or without padding.
/// Google's enhanced conversions write them so.
/// </summary>
internal ref struct DigestTokens(ReadOnlySpan<char> text)
{
    private const int Shortest = 22;

    private static readonly SearchValues<char> Letters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_");

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;

    /// <summary>First character of the current run.</summary>
    public int Start { get; private set; }

    /// <summary>Its length without padding.</summary>
    public int Length { get; private set; }

    /// <summary>Goes to the next run. Looks at every 22nd character only, as a run of 22 can't hide between two of them.</summary>
    public bool MoveNext()
    {
        while (_at + Shortest <= _text.Length)
        {
            var probe = _at + Shortest - 1;
            if (!Letters.Contains(_text[probe]))
            {
                _at = probe + 1;
                continue;
            }

            var start = _text[_at..probe].LastIndexOfAnyExcept(Letters) is var before and >= 0 ? _at + before + 1 : _at;
            var length = _text[start..].IndexOfAnyExcept(Letters);
            length = length < 0 ? _text.Length - start : length;
            (Start, Length, _at) = (start, length, start + length);
            if (BytesOf(length) > 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes the run's bytes; 0 when it is no base64.</summary>
    public readonly int Decode(Span<byte> bytes)
    {
        Span<char> letters = stackalloc char[Length];
        _text.Slice(Start, Length).CopyTo(letters);
        letters.Replace('+', '-');
        letters.Replace('/', '_');
        return Base64Url.DecodeFromChars(letters, bytes, out _, out var written) == OperationStatus.Done ? written : 0;
    }

    private static int BytesOf(int letters) => letters % 4 != 1 && Digest.Lengths.Contains(letters * 3 / 4) ? letters * 3 / 4 : 0;
}
