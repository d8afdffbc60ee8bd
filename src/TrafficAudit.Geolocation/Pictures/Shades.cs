using System.Collections.Immutable;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Classes of numbers, each a shade of one blue: more is darker, also in grey.</summary>
/// <param name="Classes">The least and the most of each, rising.</param>
internal sealed record Shades(ImmutableArray<(int Least, int Most)> Classes)
{
    // Lightness (CIE L*) 91, 79, 64, 46, 26.
    private static readonly string[] Ramp = ["#dce8f4", "#aecbe6", "#74a0cb", "#3a70a8", "#123f70"];

    /// <summary>At most five classes of as many numbers each.</summary>
    /// <param name="most">The largest number; 0 for none: no classes.</param>
    public static Shades Even(int most)
    {
        var size = Math.Max(1, (most + Ramp.Length - 1) / Ramp.Length);
        return new([.. Enumerable.Range(0, (most + size - 1) / size).Select(i => ((i * size) + 1, Math.Min(most, (i + 1) * size)))]);
    }

    /// <summary>By powers of ten: 1, 2 to 9, 10 to 99, 100 to 999, more.</summary>
    /// <param name="most">The largest number; 0 for none: no classes.</param>
    public static Shades Powers(int most) =>
        new([.. new[] { (1, 1), (2, 9), (10, 99), (100, 999), (1000, int.MaxValue) }.Where(limits => limits.Item1 <= most)]);

    /// <summary>A number's class; its last for more than there is.</summary>
    public int ClassOf(int number) => Math.Max(0, Classes.Count(limits => limits.Least <= number) - 1);

    /// <summary>The fill of a class. Few classes take the middle of the ramp.</summary>
    public string Fill(int index) => Ramp[Math.Clamp(index + Skipped, 0, Ramp.Length - 1)];

    /// <summary>A colour in which text can be read on a class.</summary>
    public string Ink(int index) => index + Skipped >= 3 ? "#fff" : "#111";

    /// <summary>A class in words.</summary>
    public string Name(int index) => Classes[index] switch
    {
        (var least, int.MaxValue) => $"{least} or more",
        var (least, most) => least == most ? $"{least}" : $"{least}–{most}",
    };

    private int Skipped => (Ramp.Length - Classes.Length) / 2;
}
