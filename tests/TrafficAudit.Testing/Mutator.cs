namespace TrafficAudit.Testing;

/// <summary>Changes inputs at random, but always in the same way for the same seed: bytes, stretches, numbers, and words that the format knows.</summary>
public sealed class Mutator(int seed, IReadOnlyList<byte[]> corpus, IReadOnlyList<byte[]> words)
{
    private const int MaxLength = 64 * 1024;

    private static readonly byte[][] Numbers =
        ["0"u8.ToArray(), "-1"u8.ToArray(), "1"u8.ToArray(), "2147483648"u8.ToArray(), "999999999999"u8.ToArray(), "18446744073709551616"u8.ToArray(), "1e999"u8.ToArray()];

    private readonly Random _random = new(seed);

    /// <summary>The next input.</summary>
    public byte[] Next()
    {
        var input = corpus[_random.Next(corpus.Count)].ToList();
        for (var i = _random.Next(1, 6); i > 0; i--)
        {
            Change(input);
        }

        return [.. input.Take(MaxLength)];
    }

    private void Change(List<byte> input)
    {
        var at = _random.Next(input.Count + 1);
        var length = _random.Next(Math.Min(input.Count - at, 64) + 1);
        switch (_random.Next(8))
        {
            case 0 when at < input.Count:
                input[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1 when at < input.Count:
                input[at] = (byte)_random.Next(256);
                break;
            case 2:
                input.RemoveRange(at, length);
                break;
            case 3:
                input.InsertRange(at, input.GetRange(at, length));
                break;
            case 4:
                input.InsertRange(at, words[_random.Next(words.Count)]);
                break;
            case 5:
                ReplaceNumber(input, at);
                break;
            case 6:
                input.RemoveRange(at, input.Count - at);
                break;
            default:
                var other = corpus[_random.Next(corpus.Count)];
                input.RemoveRange(at, input.Count - at);
                input.AddRange(other.Skip(_random.Next(other.Length)));
                break;
        }
    }

    private void ReplaceNumber(List<byte> input, int from)
    {
        var start = input.FindIndex(from, b => b is >= (byte)'0' and <= (byte)'9');
        if (start < 0)
        {
            return;
        }

        var end = input.FindIndex(start, b => b is < (byte)'0' or > (byte)'9');
        input.RemoveRange(start, (end < 0 ? input.Count : end) - start);
        input.InsertRange(start, Numbers[_random.Next(Numbers.Length)]);
    }
}
