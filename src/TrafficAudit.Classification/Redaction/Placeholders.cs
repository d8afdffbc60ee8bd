using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Redaction;

/// <summary>
/// What stands in the place of personal values: <c>[phone:3f9a12c4]</c>. All forms and digests of one known value have one placeholder, so that a
/// reader sees that they are the same; without the key nobody can compute one, and so not try values either.
/// </summary>
internal sealed partial class Placeholders
{
    private const int Digits = 8;

    private readonly byte[] _key;
    private readonly PersonaNeedles _needles;
    private readonly Dictionary<string, PersonaValue> _known = new(StringComparer.OrdinalIgnoreCase);

    public Placeholders(Persona persona, PersonaNeedles needles, byte[] key)
    {
        _key = key;
        _needles = needles;
        foreach (var value in persona.Values)
        {
            foreach (var form in NormalForms.Of(value))
            {
                _known.TryAdd(form.Text, value);
            }
        }
    }

    /// <summary>The placeholder of a value.</summary>
    public string Of(string item, string value)
    {
        var seen = value.Trim();
        var digest = _needles.FindDigest(seen);
        var known = _known.GetValueOrDefault(digest.IsEmpty ? seen : digest[0].Needle.Form.Text)?.Value ?? seen;
        var code = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{item}\n{known.ToLowerInvariant()}"));
        return $"[{item}:{Convert.ToHexStringLower(code)[..Digits]}]";
    }

    /// <summary>Whether a text holds nothing that says something but placeholders.</summary>
    public static bool IsOnly(string text) => text.Contains('[', StringComparison.Ordinal) && !Pattern().Replace(text, "").Any(char.IsLetterOrDigit);

    [GeneratedRegex(@"\[[a-z0-9_]+:[0-9a-f]{8}\]", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
