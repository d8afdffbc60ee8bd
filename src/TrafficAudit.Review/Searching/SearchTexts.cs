using System.Security.Cryptography;

namespace TrafficAudit.Review.Searching;

/// <summary>
/// The filters that look into decoded content, by a reference that stands in the address instead of them: what is searched for is as a rule a person's
/// value, and addresses stay in histories, bookmarks and screenshots. The URL is still the state of the view, for everybody who may see the case, for as
/// long as the program runs; then the reference means nothing. The oldest are forgotten first. Any thread may use it.
/// </summary>
internal sealed class SearchTexts
{
    private const int MostTexts = 500;
    private const int IdDigits = 16;

    private static readonly string[] PrivateTerms = ["body:", "field:"];

    private readonly Lock _lock = new();
    private readonly OrderedDictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Whether a filter must not stand in an address; one that is no filter (yet) must not for the same reason.</summary>
    public static bool IsPrivate(string? filter) =>
        filter is not null && Array.Exists(PrivateTerms, t => filter.Contains(t, StringComparison.OrdinalIgnoreCase));

    /// <summary>Keeps a filter and gives its reference.</summary>
    public string Keep(string filter)
    {
        lock (_lock)
        {
            foreach (var (known, text) in _texts)
            {
                if (text == filter)
                {
                    return known;
                }
            }

            if (_texts.Count == MostTexts)
            {
                _texts.RemoveAt(0);
            }

            var id = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true);
            _texts.Add(id, filter);
            return id;
        }
    }

    /// <summary>The filter of a reference; null when this run of the program gave none such, or has forgotten it.</summary>
    public string? Find(string id)
    {
        lock (_lock)
        {
            return _texts.GetValueOrDefault(id);
        }
    }
}
