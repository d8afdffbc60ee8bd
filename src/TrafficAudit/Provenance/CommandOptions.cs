using System.CommandLine;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrafficAudit.Provenance;

/// <summary>Every option that a command runs with, whether it was given, set or left at its default, and the digest of them all.</summary>
/// <param name="Values">By name without dashes, in order; the values as text, in an array where there can be several.</param>
internal sealed record CommandOptions(JsonObject Values)
{
    /// <summary>SHA-256 of <see cref="Values"/> as compact JSON, in lower-case hex.</summary>
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Values)));

    public static CommandOptions Of(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var values = new JsonObject();
        foreach (var option in command.Options.Concat(parsed.RootCommandResult.Command.Options.Where(o => o.Recursive)).OrderBy(o => o.Name, StringComparer.Ordinal))
        {
            if (option.Action is null)
            {
                values[option.Name.TrimStart('-')] = ValueOf(option, parsed);
            }
        }

        return new CommandOptions(values);
    }

    private static JsonNode? ValueOf(Option option, ParseResult parsed)
    {
        var given = parsed.GetResult(option) is { Implicit: false } result ? result.Tokens.Select(t => WithoutPassword(t.Value)).ToList() : null;
        if (given is null)
        {
            return option.HasDefaultValue && option.GetDefaultValue() is { } standard and not Array ? standard.ToString() : null;
        }

        return given switch
        {
            [] => "true",
            [var one] when option.Arity.MaximumNumberOfValues <= 1 => one,
            _ => new JsonArray([.. given.Select(v => JsonValue.Create(v))]),
        };
    }

    private static string WithoutPassword(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0
            ? new UriBuilder(uri) { UserName = "", Password = "" }.Uri.ToString()
            : value;
}
