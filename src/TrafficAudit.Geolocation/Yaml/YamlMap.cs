using System.Collections.Immutable;
using YamlDotNet.Core.Events;

namespace TrafficAudit.Geolocation.Yaml;

/// <summary>One map of a data file: each key a text or a list of texts, with the lines they are on.</summary>
internal sealed class YamlMap(YamlCursor file, long line)
{
    private readonly Dictionary<string, Scalar> _texts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<Scalar>> _lists = new(StringComparer.Ordinal);

    /// <summary>Where it begins.</summary>
    public long Line => line;

    public bool Has(string key) => _texts.ContainsKey(key) || _lists.ContainsKey(key);

    public void Add(string key, Scalar text) => _texts.Add(key, text);

    public void Add(string key, ImmutableArray<Scalar> list) => _lists.Add(key, list);

    /// <summary>The list; empty when there is none.</summary>
    public ImmutableArray<Scalar> List(string key) => _lists.GetValueOrDefault(key, []);

    public string? Text(string key) => _texts.GetValueOrDefault(key)?.Value;

    /// <exception cref="GeoDataException">It is missing or empty.</exception>
    public string Required(string key) => Text(key) is { } text && !string.IsNullOrWhiteSpace(text) ? text : throw file.Fault(line, $"\"{key}\" is missing");

    /// <summary>The value as <paramref name="convert"/> makes it of the text; default when there is none.</summary>
    /// <param name="key">The key.</param>
    /// <param name="convert">Null for a text that is none.</param>
    /// <param name="wanted">What it must be.</param>
    /// <exception cref="GeoDataException">It is there and can't be read.</exception>
    public T? Read<T>(string key, Func<string, T?> convert, string wanted)
    {
        if (!_texts.TryGetValue(key, out var text))
        {
            return default;
        }

        return convert(text.Value) is { } value ? value : throw file.Fault(text.Start.Line, $"\"{key}\" must be {wanted}");
    }
}
