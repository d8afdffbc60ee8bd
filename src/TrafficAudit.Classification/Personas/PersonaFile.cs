using System.Collections.Immutable;
using System.Text.Json;
using TrafficAudit.Classification.Taxonomy;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Personas;

/// <summary>Reads <c>{ "name": "…", "values": [ { "item": "phone", "value": "010-0000-0000" }, … ] }</c>.</summary>
public static class PersonaFile
{
    private const long MaxBytes = 1024 * 1024;
    private const int MaxValues = 1_000;
    private const int MaxValueLength = 1_024;
    private const string Shape = """{ "name": "…", "values": [ { "item": "phone", "value": "…" } ] }""";

    /// <summary>Reads and checks a persona file (JSON; comments and trailing commas are allowed; at most 1 MiB and 1,000 values).</summary>
    /// <exception cref="PersonaFileException">The file can't be read, is no JSON, has another shape, or names an unknown item.</exception>
    public static Persona Read(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Of(Load(path), path);
    }

    /// <summary>Reads and checks what would stand in such a file.</summary>
    /// <param name="content">Its bytes.</param>
    /// <param name="path">What it is called in messages, and the persona where it has no name.</param>
    /// <exception cref="PersonaFileException">It is too long, is no JSON, has another shape, or names an unknown item.</exception>
    public static Persona Of(byte[] content, string path)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(path);
        if (content.Length > MaxBytes)
        {
            throw new PersonaFileException($"{path}: {content.Length} bytes are too many for a persona; keep it under {MaxBytes}");
        }

        using var document = Parse(path, content);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("values", out var list) || list.ValueKind != JsonValueKind.Array)
        {
            throw new PersonaFileException($"{path}: this is no persona; write {Shape}");
        }

        if (list.GetArrayLength() > MaxValues)
        {
            throw new PersonaFileException($"{path}: values holds {list.GetArrayLength()} entries; keep it to {MaxValues}");
        }

        return new Persona(
            NameOf(root, path),
            [.. list.EnumerateArray().Select((entry, index) => Value(entry, $"{path}: values[{index}]"))]);
    }

    private static byte[] Load(string path)
    {
        try
        {
            var length = new FileInfo(path).Length;
            return length <= MaxBytes
                ? File.ReadAllBytes(path)
                : throw new PersonaFileException($"{path}: {length} bytes are too many for a persona; keep it under {MaxBytes}");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new PersonaFileException($"{path}: there is no such file; give --persona the path of a persona file", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new PersonaFileException($"{path}: can't be read; check that it is a file and that you may read it", e);
        }
    }

    private static JsonDocument Parse(string path, byte[] bytes)
    {
        try
        {
            var text = bytes.AsMemory();
            return JsonDocument.Parse(
                text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text,
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
        }
        catch (JsonException e)
        {
            throw new PersonaFileException(
                $"{path}: line {e.LineNumber + 1}, column {e.BytePositionInLine + 1}: this is no JSON; correct it there, or write {Shape}", e);
        }
    }

    private static string NameOf(JsonElement root, string path)
    {
        if (!root.TryGetProperty("name", out var name))
        {
            return Path.GetFileNameWithoutExtension(path);
        }

        return Text(name) ?? throw new PersonaFileException($"{path}: name is no text; put it in quotes");
    }

    private static PersonaValue Value(JsonElement entry, string place)
    {
        if (entry.ValueKind != JsonValueKind.Object
            || !entry.TryGetProperty("item", out var itemNode) || !entry.TryGetProperty("value", out var valueNode))
        {
            throw new PersonaFileException($$"""{{place}} is no known value; write { "item": "phone", "value": "…" }""");
        }

        if (Text(itemNode) is not { } item || Text(valueNode) is not { } value)
        {
            throw new PersonaFileException($"{place}: item and value are texts; put both in quotes");
        }

        if (ItemTaxonomy.Find(item) is null)
        {
            throw new PersonaFileException($"{place}: {Quoted(item)} is no item; did you mean \"{Nearest(item)}\"?");
        }

        if (string.IsNullOrWhiteSpace(value))
        {
            throw new PersonaFileException($"{place}: the value of \"{item}\" is empty; give one, or remove the entry");
        }

        return value.Length <= MaxValueLength
            ? new PersonaValue(item, value)
            : throw new PersonaFileException($"{place}: the value of \"{item}\" is longer than {MaxValueLength} characters; shorten it");
    }

    private static string? Text(JsonElement node)
    {
        try
        {
            return node.ValueKind == JsonValueKind.String ? node.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null; // an escape that is half of a surrogate pair: no text
        }
    }

    // What was written as item could be a value in the wrong place: only what looks like a slug is repeated.
    private static string Quoted(string item) =>
        item.Length <= 40 && item.All(c => char.IsAsciiLetterLower(c) || c is '_' or '-') ? $"\"{item}\"" : "this";

    private static string Nearest(string item)
    {
        var written = item.Length <= 40 ? item.Trim().ToLowerInvariant().Replace('-', '_').Replace(' ', '_') : "";
        return ItemTaxonomy.All.MinBy(known => Distance(written, known.Slug))!.Slug;
    }

    // Levenshtein's distance: how many letters to add, drop or change.
    private static int Distance(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(above, row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
