using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Choices that are the same in every run.</summary>
internal sealed class Chance(int seed)
{
    private readonly Random _random = new(seed);

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[_random.Next(choices.Length)];

    public T Of<T>(IReadOnlyList<T> choices) => choices[_random.Next(choices.Count)];

    /// <summary>From the first, below the second.</summary>
    public int Between(int from, int to) => _random.Next(from, to);

    public long Between(long from, long to) => _random.NextInt64(from, to);

    public bool Flip() => _random.Next(2) == 0;

    /// <summary>Digits, the first of which is no 0.</summary>
    public string Digits(int count) => Letters(1, "123456789") + Letters(count - 1, "0123456789");

    /// <summary>As many digits as a number, to stand behind a decimal point.</summary>
    public long Fraction(int digits) => long.Parse(Digits(digits), System.Globalization.CultureInfo.InvariantCulture);

    public string Hex(int count) => Letters(count, "0123456789abcdef");

    public string Word(int syllables) => string.Concat(Enumerable.Range(0, syllables).Select(_ => Letters(1, "bdfgklmnprstvz") + Letters(1, "aeiou")));

    public string Base64(int bytes) => Convert.ToBase64String(Bytes(bytes));

    public byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A UUID of version 4.</summary>
    public string Uuid() => $"{Hex(8)}-{Hex(4)}-4{Hex(3)}-{Pick("8", "9", "a", "b")}{Hex(3)}-{Hex(12)}";

    /// <summary>Seconds of 1970 within some months of when the flows were captured.</summary>
    public long Seconds() => Some.Time.ToUnixTimeSeconds() + Between(-9_000_000, 9_000_000);

    public long Milliseconds() => (Seconds() * 1000) + Between(0, 1000);

    public string Letters(int count, string alphabet) => string.Concat(Enumerable.Range(0, count).Select(_ => alphabet[_random.Next(alphabet.Length)]));
}
