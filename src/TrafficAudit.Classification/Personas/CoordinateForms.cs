using System.Globalization;

namespace TrafficAudit.Classification.Personas;

/// <summary>
/// The forms of a position (WGS 84, degrees: <c>37.566535,126.977969</c>): with fewer digits, longitude first, as whole numbers, as a geohash, and each number alone,
/// which counts under a key that names it.
/// </summary>
internal static class CoordinateForms
{
    /// <summary>0.001° is about 100 m; less exact is a part of a town, where others are, too.</summary>
    private const int FewestDecimals = 3;

    private const int MostDecimals = 7;
    private const int LongestGeohash = 12;
    private const int ShortestGeohash = 6;

    /// <summary>Shorter ones are words as well.</summary>
    private const int ShortestPlainGeohash = 8;

    public static void Add(FormSet forms, string text)
    {
        if (Parse(text) is not var (latitude, longitude))
        {
            return;
        }

        for (var decimals = MostDecimals; decimals >= FewestDecimals; decimals--)
        {
            AddPair(forms, Rounded(latitude, decimals), Rounded(longitude, decimals));
            AddPair(forms, Cut(latitude, decimals), Cut(longitude, decimals));
        }

        foreach (var scale in (decimal[])[100_000, 1_000_000, 10_000_000])
        {
            foreach (var degrees in (decimal[])[latitude, longitude])
            {
                forms.AddPart(Text(decimal.Round(degrees * scale)), Transformation.Scaled);
                forms.AddPart(Text(decimal.Truncate(degrees * scale)), Transformation.Scaled);
            }
        }

        var geohash = Geohash((double)latitude, (double)longitude);
        for (var length = LongestGeohash; length >= ShortestGeohash; length--)
        {
            var form = geohash[..length];
            _ = length >= ShortestPlainGeohash ? forms.Add(form, Transformation.Geohash) : forms.AddPart(form, Transformation.Geohash);
        }
    }

    private static void AddPair(FormSet forms, string latitude, string longitude)
    {
        foreach (var separator in (string[])[",", ", ", " ", ";"])
        {
            forms.Add(latitude + separator + longitude, Transformation.Rounded);
            forms.Add(longitude + separator + latitude, Transformation.Rounded, Transformation.Reordered);
        }

        forms.AddPart(latitude, Transformation.Rounded, Transformation.Coordinate);
        forms.AddPart(longitude, Transformation.Rounded, Transformation.Coordinate);
    }

    private static (decimal Latitude, decimal Longitude)? Parse(string text)
    {
        var parts = text.Split([',', ';', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return parts.Length == 2
            && decimal.TryParse(parts[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var latitude)
            && decimal.TryParse(parts[1], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var longitude)
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? (latitude, longitude)
            : null;
    }

    private static string Rounded(decimal degrees, int decimals) => Text(decimal.Round(degrees, decimals, MidpointRounding.AwayFromZero));

    private static string Cut(decimal degrees, int decimals) => Text(decimal.Round(degrees, decimals, MidpointRounding.ToZero));

    /// <summary>Without zeros at the end, as numbers are written in JSON.</summary>
    private static string Text(decimal number) => number.ToString("0.#######", CultureInfo.InvariantCulture);

    private static string Geohash(double latitude, double longitude)
    {
        const string letters = "0123456789bcdefghjkmnpqrstuvwxyz";
        var (lowLatitude, highLatitude, lowLongitude, highLongitude) = (-90.0, 90.0, -180.0, 180.0);
        var text = new char[LongestGeohash];
        var isLongitude = true;
        for (var at = 0; at < text.Length; at++)
        {
            var letter = 0;
            for (var bit = 0; bit < 5; bit++, isLongitude = !isLongitude)
            {
                letter = (letter << 1) | (isLongitude ? Halve(ref lowLongitude, ref highLongitude, longitude) : Halve(ref lowLatitude, ref highLatitude, latitude));
            }

            text[at] = letters[letter];
        }

        return new string(text);
    }

    private static int Halve(ref double low, ref double high, double value)
    {
        var middle = (low + high) / 2;
        if (value >= middle)
        {
            low = middle;
            return 1;
        }

        high = middle;
        return 0;
    }
}
