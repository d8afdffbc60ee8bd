using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.Classification.Correlation;
using TrafficAudit.Classification.EndpointRules.Packs;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>
/// A rule of the lab that keeps away what a reviewer rejected: an item in one place of the messages to one endpoint. Such rules lie in one pack of the lab's, which
/// people may edit.
/// </summary>
/// <param name="Item">The item.</param>
/// <param name="Message">The message.</param>
/// <param name="Part">The part.</param>
/// <param name="Path">The path of a finding.</param>
/// <param name="Host">The flow's host.</param>
/// <param name="Target">The path of the flow's request.</param>
/// <param name="Recipient">The flow's recipient.</param>
/// <param name="Source">Who rejected it, when and why; one line.</param>
public sealed record RejectionRule(
    string Item, MessageKind Message, MessagePart Part, string Path, string Host, string Target, string Recipient, string Source)
{
    /// <summary>The pack's file in the folder of a lab's own packs.</summary>
    public const string FileName = "lab-rejections.yaml";

    private const string Beginning =
        """
        # What reviewers rejected and made a rule ("trafficaudit decide --rule"): the item is not found in that place any more.
        pack: lab-rejections
        version: 1
        rules:

        """;

    /// <summary>The rule's id, which says what it is about and is the same whenever the same is rejected.</summary>
    public string Id
    {
        get
        {
            var digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Item, Token.Of(Message), Endpoint, Place)));
            return $"lab-rejections/{Item}-{Convert.ToHexStringLower(digest)[..12]}";
        }
    }

    // What stands in a path may be a person's value: numbered segments are left open, and all of it where findings lie in paths.
    private string Endpoint => Host.ToLowerInvariant() + (Part == MessagePart.Path ? "/**" : PathTemplate.OfTarget(Target).Replace("//", "/", StringComparison.Ordinal));

    private string Place => $"{RuleParts.Name(Part)}:{ExcludedPlace.WithoutIndexes(Message is MessageKind.WebSocketSent or MessageKind.WebSocketReceived ? WithinMessage : Path)}";

    // A WebSocket's findings are at [12].user.email; a rule looks at each message by itself.
    private string WithinMessage => Path.StartsWith('[') && Path.IndexOf(']', StringComparison.Ordinal) is > 0 and var end ? Path[(end + 1)..].TrimStart('.') : Path;

    /// <summary>Writes the rule into the lab's pack, which is begun if need be.</summary>
    /// <param name="folder">The folder of a lab's own packs; made if need be.</param>
    /// <returns>The SHA-256 of the pack as it is now, in lower-case hexadecimal.</returns>
    /// <exception cref="RulePackException">The rule is there already, or can't be read back: nothing was written then.</exception>
    public string AddTo(string folder)
    {
        if (Part == MessagePart.Url)
        {
            throw new RulePackException("a URL as a whole is no place that rules can name");
        }

        try
        {
            Directory.CreateDirectory(folder);
            var file = System.IO.Path.Combine(folder, FileName);
            var before = File.Exists(file) ? File.ReadAllText(file) : Beginning;
            var pack = Encoding.UTF8.GetBytes((before.EndsWith('\n') ? before : before + "\n") + Text());
            using var data = new MemoryStream(pack);
            var rules = RulePackReader.Read(data, file);
            if (rules.Count(rule => rule.Id == Id) != 1)
            {
                throw new RulePackException($"{file}: rule {Id} is there already");
            }

            var draft = $"{file}.{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}.part";
            File.WriteAllBytes(draft, pack);
            File.Move(draft, file, overwrite: true);
            return Convert.ToHexStringLower(SHA256.HashData(pack));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RulePackException($"{folder}: the rule can't be written ({e.Message})", e);
        }
    }

    /// <summary>The rule in YAML: texts are quoted as JSON has them, which YAML reads the same.</summary>
    private string Text() => string.Join('\n', [
        $"  - id: {Quoted(Id)}",
        $"    recipient: {Quoted(Recipient.Length == 0 ? Host : Recipient)}",
        $"    source: {Quoted(Source)}",
        $"    message: {Token.Of(Message)}",
        $"    endpoints: [{Quoted(Endpoint)}]",
        $"    excludes: {{ {Quoted(Item)}: [{Quoted(Place)}] }}",
        "",
    ]);

    private static string Quoted(string text) => JsonSerializer.Serialize(text, TextJson.Default.String);
}
