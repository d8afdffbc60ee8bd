using System.CommandLine;
using System.Text.Json;

namespace TrafficAudit.CommandLine;

/// <summary>
/// Where options come from when the command line does not give them: <c>TRAFFICAUDIT_*</c> variables (<c>--geo-data</c> is
/// <c>TRAFFICAUDIT_GEO_DATA</c>), then <c>trafficaudit.json</c> in the current folder (<c>{ "geo-data": "…" }</c>).
/// </summary>
internal sealed class Settings(IReadOnlyDictionary<string, string> values)
{
    private const string Prefix = "TRAFFICAUDIT_";
    private const string FileName = "trafficaudit.json";

    /// <exception cref="InputException">The file is no JSON object of strings, numbers and booleans.</exception>
    public static Settings Load(string folder)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var file = Path.Combine(folder, FileName);
        if (File.Exists(file))
        {
            ReadFile(file, values);
        }

        foreach (System.Collections.DictionaryEntry variable in Environment.GetEnvironmentVariables())
        {
            var name = (string)variable.Key;
            if (name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && variable.Value is string { Length: > 0 } value)
            {
                values[name[Prefix.Length..].Replace('_', '-')] = value;
            }
        }

        return new Settings(values);
    }

    /// <summary>The arguments with those options of <paramref name="parsed"/>'s command added that only the settings give.</summary>
    public IReadOnlyList<string> Complete(IReadOnlyList<string> arguments, ParseResult parsed)
    {
        var added = new List<string>();
        var command = parsed.CommandResult.Command;
        foreach (var option in command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(o => o.Recursive && o is Option<string>)))
        {
            if (parsed.GetResult(option) is null or { Implicit: true } && values.TryGetValue(option.Name.TrimStart('-'), out var value))
            {
                added.AddRange([option.Name, value]);
            }
        }

        // Behind "--" there are no options any more.
        var end = arguments.TakeWhile(a => a != "--").Count();
        return added.Count == 0 ? arguments
            : [.. arguments.Take(end), .. added, .. arguments.Skip(end)];
    }

    private static void ReadFile(string file, Dictionary<string, string> values)
    {
        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(file));
            foreach (var property in json.RootElement.EnumerateObject())
            {
                values[property.Name] = property.Value.ValueKind switch
                {
                    JsonValueKind.String => property.Value.GetString()!,
                    JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => property.Value.GetRawText(),
                    _ => throw new InputException($"{FileName}: \"{property.Name}\" must be a string, a number or a boolean"),
                };
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new InputException($"{FileName} in the current folder can't be read as a JSON object of options ({e.Message}); mend or remove it", e);
        }
    }
}
