using System.Collections.Frozen;
using System.Collections.Immutable;
using TrafficAudit.Classification.Packs;

namespace TrafficAudit.Classification.Rules;

/// <summary>What looks like personal data and is none, as <c>traps.yaml</c> lists it.</summary>
internal sealed class Traps
{
    private const int LongestSample = 64;

    private readonly ImmutableArray<string> _presentation;
    private readonly FrozenDictionary<string, FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>>> _samples;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _mailboxes;
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _fileTypes;

    private Traps()
    {
        var pack = EmbeddedYaml.Read("Rules/traps.yaml");
        RequestKeys = KeyWords.JoinedSet(pack.Words("request_keys"));
        _presentation = pack.Words("presentation");
        _samples = pack.Mappings("samples")
            .SelectMany(entry => entry.Words("items").Select(item => (Item: item, Values: entry.Words("values"))))
            .ToFrozenDictionary(entry => entry.Item, entry => Set(entry.Values.Select(Bare)), StringComparer.Ordinal);
        _mailboxes = Set(pack.Words("mailboxes"));
        _fileTypes = Set(pack.Words("file_types"));
    }

    /// <summary>The traps that are embedded.</summary>
    public static Traps BuiltIn { get; } = new();

    /// <summary>Keys whose values are of the request itself: traces, signatures, nonces; in the form in which keys are compared.</summary>
    public FrozenSet<string> RequestKeys { get; }

    /// <summary>Whether a body of this content type is a style sheet, font, script or picture: those hold samples and tables, nobody's data.</summary>
    public bool IsPresentation(string contentType)
    {
        foreach (var type in _presentation)
        {
            if (contentType.Contains(type, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether the value of an item stands in documentation and tests everywhere, and is nobody's.</summary>
    public bool IsSample(string item, ReadOnlySpan<char> value) =>
        value.Length <= LongestSample && _samples.TryGetValue(item, out var values) && values.Contains(Bare(value.ToString()));

    /// <summary>Whether nobody's mail arrives at this local part (<c>noreply</c>).</summary>
    public bool IsMailboxOfNobody(ReadOnlySpan<char> local) => _mailboxes.Contains(local);

    /// <summary>Whether two letters at the end of a name are a file's type rather than a country's domain.</summary>
    public bool IsFileType(ReadOnlySpan<char> domain) => _fileTypes.Contains(domain);

    private static FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Set(IEnumerable<string> words) =>
        words.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    // Numbers are written with and without their groups.
    private static string Bare(string value) => value.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
}
