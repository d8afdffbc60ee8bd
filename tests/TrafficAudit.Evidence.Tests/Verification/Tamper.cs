using TrafficAudit.Evidence.Tests.Recording;

namespace TrafficAudit.Evidence.Tests.Verification;

/// <summary>Changes one file of a case at random.</summary>
internal static class Tamper
{
    /// <summary>Applies one change and says which.</summary>
    /// <param name="folder">The case.</param>
    /// <param name="older">The same case as it was before.</param>
    /// <param name="files">The files to choose from.</param>
    /// <param name="random">Chooses.</param>
    public static string Apply(string folder, string older, IReadOnlyList<string> files, Random random)
    {
        while (true)
        {
            var name = files[random.Next(files.Count)];
            var path = Path.Combine(folder, name);
            var before = File.ReadAllBytes(path);
            var way = random.Next(8);
            var what = way switch
            {
                0 => Flip(path, before, random),
                1 => Cut(path, before, random),
                2 => Insert(path, before, random),
                3 => Truncate(path, before, random),
                4 => Replace(path, Path.Combine(older, name)),
                5 => Remove(path),
                6 => Append(path, before, random),
                _ => Records(path, before, random),
            };
            if (what is not null && !(File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(before)))
            {
                return $"{name}: {what}";
            }
        }
    }

    private static string Flip(string path, byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var bit = random.Next(8);
        var changed = (byte[])bytes.Clone();
        changed[at] ^= (byte)(1 << bit);
        File.WriteAllBytes(path, changed);
        return $"bit {bit} of byte {at} flipped";
    }

    private static string Cut(string path, byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length);
        var count = Math.Min(bytes.Length - at, 1 + random.Next(2000));
        File.WriteAllBytes(path, [.. bytes[..at], .. bytes[(at + count)..]]);
        return $"{count} bytes cut out at {at}";
    }

    private static string Insert(string path, byte[] bytes, Random random)
    {
        var at = random.Next(bytes.Length + 1);
        var more = new byte[1 + random.Next(100)];
        random.NextBytes(more);
        File.WriteAllBytes(path, [.. bytes[..at], .. more, .. bytes[at..]]);
        return $"{more.Length} bytes inserted at {at}";
    }

    private static string Truncate(string path, byte[] bytes, Random random)
    {
        var length = random.Next(bytes.Length);
        File.WriteAllBytes(path, bytes[..length]);
        return $"cut off at {length}";
    }

    private static string? Replace(string path, string older)
    {
        if (!File.Exists(older))
        {
            return null;
        }

        File.Copy(older, path, overwrite: true);
        return "replaced by what it was before";
    }

    private static string Remove(string path)
    {
        File.Delete(path);
        return "removed";
    }

    private static string Append(string path, byte[] bytes, Random random)
    {
        var from = random.Next(bytes.Length);
        File.WriteAllBytes(path, [.. bytes, .. bytes[from..]]);
        return $"what begins at {from} appended once more";
    }

    /// <summary>Whole records of a segment, or whole lines of a text, taken out, doubled or swapped.</summary>
    private static string? Records(string path, byte[] bytes, Random random)
    {
        var pieces = path.EndsWith(".warc.gz", StringComparison.Ordinal)
            ? WarcCheck.Read(path).ConvertAll(r => bytes[(int)r.Offset..(int)r.End])
            : [.. System.Text.Encoding.Latin1.GetString(bytes).Split('\n').Select(l => System.Text.Encoding.Latin1.GetBytes(l + "\n"))];
        if (pieces.Count < 2)
        {
            return null;
        }

        var (first, second) = (random.Next(pieces.Count), random.Next(pieces.Count));
        string what;
        switch (random.Next(3))
        {
            case 0:
                pieces.RemoveAt(first);
                what = $"record or line {first} taken out";
                break;
            case 1:
                pieces.Insert(second, pieces[first]);
                what = $"record or line {first} once more at {second}";
                break;
            default:
                (pieces[first], pieces[second]) = (pieces[second], pieces[first]);
                what = $"records or lines {first} and {second} swapped";
                break;
        }

        File.WriteAllBytes(path, [.. pieces.SelectMany(p => p)]);
        return what;
    }
}
