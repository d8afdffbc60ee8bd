using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TrafficAudit.Model;

namespace TrafficAudit.Testing;

/// <summary>Looks for personal values as somebody would who was given a file, by other means than the program's own.</summary>
public static partial class Leak
{
    /// <summary>Shorter values are in any text.</summary>
    private const int Shortest = 6;

    /// <summary>Throws when a value is in the text: as it is, by its digits, as a digest, in percent-encoding, JSON's escapes or base64, one inside the other.</summary>
    public static void None(string text, Persona persona)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(persona);
        var wanted = persona.Values.SelectMany(v => Forms(v.Value)).Where(f => f.Length >= Shortest).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        foreach (var view in Views(text, 3))
        {
            if (wanted.Find(f => view.Contains(f, StringComparison.OrdinalIgnoreCase)) is { } found)
            {
                var at = view.IndexOf(found, StringComparison.OrdinalIgnoreCase);
                throw new InvalidOperationException($"{found} is in the text: …{view[Math.Max(0, at - 80)..Math.Min(view.Length, at + 80)]}…");
            }
        }
    }

    private static IEnumerable<string> Forms(string value)
    {
        yield return value;
        if (value.Count(char.IsAsciiDigit) >= 9)
        {
            yield return string.Concat(value.Where(char.IsAsciiDigit)).TrimStart('0');
        }

        foreach (var text in new[] { value, value.ToLowerInvariant() })
        {
            yield return Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));
            yield return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        }
    }

    private static IEnumerable<string> Views(string text, int depth)
    {
        yield return text;
        if (depth == 0)
        {
            yield break;
        }

        var unescaped = Uri.UnescapeDataString(text);
        if (unescaped != text)
        {
            yield return unescaped;
            yield return unescaped.Replace('+', ' ');
        }

        yield return JsonEscape().Replace(unescaped, m => ((char)Convert.ToInt32(m.Value[2..], 16)).ToString()).Replace("\\", "", StringComparison.Ordinal);
        var decoded = new StringBuilder();
        foreach (Match run in Base64Run().Matches(unescaped))
        {
            for (var skip = 0; skip < 4; skip++)
            {
                var usable = run.Value[skip..].Replace('-', '+').Replace('_', '/');
                var bytes = new byte[usable.Length];
                usable = usable[..(usable.Length / 4 * 4)];
                if (Convert.TryFromBase64String(usable, bytes, out var length))
                {
                    decoded.Append(Encoding.UTF8.GetString(bytes.AsSpan(0, length))).Append('\n');
                }
            }
        }

        foreach (var view in decoded.Length == 0 ? [] : Views(decoded.ToString(), depth - 1))
        {
            yield return view;
        }
    }

    [GeneratedRegex(@"\\u[0-9a-fA-F]{4}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex JsonEscape();

    [GeneratedRegex(@"[A-Za-z0-9+/_-]{8,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Base64Run();
}
