namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Finds places for labels near their marks, where they cover neither marks nor one another. First come, first served.</summary>
/// <param name="sheet">Where labels may be.</param>
/// <param name="marks">What they must not cover.</param>
internal sealed class LabelPlaces(Box sheet, IEnumerable<Box> marks)
{
    // To the right first, as text reads; then around the mark, ever further away.
    private static readonly double[] Directions = [0, 180, -90, 90, -45, 45, -135, 135, -22, 22, 158, -158, -68, 68, 112, -112];
    private static readonly double[] Gaps = [2, 6, 12, 20, 30, 42, 56, 72, 90, 110, 135, 160];

    private readonly List<Box> _taken = [.. marks];

    /// <summary>A place for a label of a size; beside its mark, over others, where there is none free.</summary>
    public Box Take(Box mark, double width, double height)
    {
        var free = Candidates(mark, width, height).Cast<Box?>().FirstOrDefault(box => box!.Value.IsWithin(sheet) && !_taken.Exists(box.Value.Overlaps));
        var place = free ?? Candidates(mark, width, height).First();
        _taken.Add(place);
        return place;
    }

    private static IEnumerable<Box> Candidates(Box mark, double width, double height)
    {
        var middle = mark.Middle;
        foreach (var gap in Gaps)
        {
            foreach (var direction in Directions)
            {
                var (sin, cos) = Math.SinCos(double.DegreesToRadians(direction));
                var (reachX, reachY) = (((mark.Right - mark.Left + width) / 2) + gap, ((mark.Bottom - mark.Top + height) / 2) + gap);
                yield return Box.Around(new(middle.X + (cos * reachX), middle.Y + (sin * reachY)), width, height);
            }
        }
    }
}
