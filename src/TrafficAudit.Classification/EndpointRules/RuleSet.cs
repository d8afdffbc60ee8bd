using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Classification.Detection;
using TrafficAudit.Classification.EndpointRules.Packs;
using TrafficAudit.Classification.Explaining;
using TrafficAudit.Classification.Packs;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>
/// The rules that say what lies where in requests to known endpoints: the packs that are built in, and a lab's own. Making one reads some hundred
/// rules (tens of milliseconds); use one for all flows. Thread-safe.
/// </summary>
public sealed class RuleSet
{
    private static readonly Lazy<RuleSet> Embedded = new(() => new RuleSet(ReadEmbedded(), "no own"));

    private readonly RuleIndex _index;

    private RuleSet(ImmutableArray<EndpointRule> rules, string own)
    {
        Rules = rules;
        Version = $"{string.Join(", ", rules.Select(rule => $"{rule.Pack.Name} {rule.Pack.Version}").Distinct(StringComparer.Ordinal))}; {own}";
        _index = new RuleIndex(rules);
    }

    /// <summary>The rules that are built in.</summary>
    public static RuleSet BuiltIn => Embedded.Value;

    /// <summary>Every pack with its version, and a digest of a lab's own: it changes whenever what is found by rules may.</summary>
    public string Version { get; }

    /// <summary>All rules.</summary>
    internal ImmutableArray<EndpointRule> Rules { get; }

    /// <summary>The built-in rules and those of the packs (<c>*.yaml</c>) in a folder, which may be missing.</summary>
    /// <exception cref="RulePackException">A pack can't be read, has a rule that is there already, or an example of it fails.</exception>
    public static RuleSet Load(string folder)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.yaml") : [];
        Array.Sort(files, StringComparer.Ordinal);
        return files.Length == 0 ? BuiltIn : Load(files);
    }

    /// <summary>The built-in rules and those of some packs.</summary>
    /// <exception cref="RulePackException">As of the folder.</exception>
    public static RuleSet Load(IEnumerable<string> files)
    {
        var rules = BuiltIn.Rules.ToBuilder();
        var ids = rules.ToDictionary(rule => rule.Id, StringComparer.Ordinal);
        using var version = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            foreach (var rule in ReadFile(file, version))
            {
                if (!ids.TryAdd(rule.Id, rule))
                {
                    throw Repeated(file, rule, ids[rule.Id]);
                }

                if (RuleExamples.Check(rule) is [var fault, ..])
                {
                    throw new RulePackException(fault);
                }

                rules.Add(rule);
            }
        }

        return new RuleSet(rules.ToImmutable(), Convert.ToHexStringLower(version.GetHashAndReset()));
    }

    /// <summary>What is wrong with some packs, each as if it were added to the built-in ones: the first fault in the form of each, and every example that fails.</summary>
    public static (RuleSet Rules, IReadOnlyList<string> Faults) Check(IEnumerable<string> files)
    {
        var faults = new List<string>();
        var rules = BuiltIn.Rules.ToBuilder();
        foreach (var file in files)
        {
            try
            {
                using var version = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
                foreach (var rule in ReadFile(file, version))
                {
                    if (rules.FirstOrDefault(known => known.Id == rule.Id) is { } known)
                    {
                        faults.Add(Repeated(file, rule, known).Message);
                    }

                    faults.AddRange(RuleExamples.Check(rule));
                    rules.Add(rule);
                }
            }
            catch (RulePackException e)
            {
                faults.Add(e.Message);
            }
        }

        return (new RuleSet(rules.ToImmutable(), "checked"), faults);
    }

    /// <summary>All rules, for people to read, in the order of their packs.</summary>
    public IReadOnlyList<RuleDescription> Describe() => [.. Rules.Select(RuleDescription.Of)];

    /// <summary>Runs the examples of all rules; a line for each that fails.</summary>
    public IReadOnlyList<string> TestExamples() => [.. Rules.SelectMany(RuleExamples.Check)];

    /// <summary>Whether any rule is for this host.</summary>
    internal bool Knows(string host) => _index.Knows(host);

    /// <summary>Adds what the rules for a request's endpoint find in one of its messages; true when a bound ended a step of theirs.</summary>
    internal bool AddTo(
        List<Candidate> candidates, string host, HttpHead request, DecodedMessage message, DateTimeOffset captured, DetectionTrace? trace = null)
    {
        if (_index.Find(host, PathOf(request.Target)) is { Count: > 0 } rules)
        {
            return new RuleScan(captured, trace).AddTo(candidates, rules, request.Method, message);
        }

        trace?.AddToAll(Detector.Rule, $"There are rules for {host}, for other paths than this request's.");
        return false;
    }

    /// <summary>Takes out what rules for a request's endpoint exclude of the findings in one of its messages, from <paramref name="first"/> on.</summary>
    internal void Exclude(List<Finding> findings, int first, string host, HttpHead request, MessageKind kind, DetectionTrace? trace = null)
    {
        var rules = _index.Find(host, PathOf(request.Target)).Where(rule => rule.Message == kind && !rule.Excludes.IsEmpty).ToList();
        for (var i = findings.Count - 1; i >= first && rules.Count > 0; i--)
        {
            var finding = findings[i];
            if (rules.Find(rule => rule.Excludes.Any(place => place.Includes(finding))) is { } excluding)
            {
                findings.RemoveAt(i);
                trace?.AddAt(finding.Location, Detector.Rule, $"Rule {excluding.Id} keeps {finding.Item} away from this place: {excluding.Source}.");
            }
        }
    }

    private static RulePackException Repeated(string file, EndpointRule rule, EndpointRule known) =>
        RulePackException.At(file, rule.Line, $"rule {rule.Id} is in {known.Pack.File} already; give it another id");

    private static ImmutableArray<EndpointRule> ReadEmbedded()
    {
        var rules = TrackharPack.Read().ToBuilder();
        foreach (var name in EmbeddedYaml.Names("Rules/Endpoints/", ".yaml").Where(name => name != "Rules/Endpoints/trackhar-items.yaml"))
        {
            using var stream = EmbeddedYaml.Open(name);
            rules.AddRange(RulePackReader.Read(stream, name));
        }

        return rules.ToImmutable();
    }

    private static ImmutableArray<EndpointRule> ReadFile(string file, IncrementalHash version)
    {
        try
        {
            using var data = File.OpenRead(file);
            var rules = RulePackReader.Read(data, file);
            version.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(file)}\n")));
            version.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
            return rules;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RulePackException($"{file} can't be read: check that it is there and its permissions", e);
        }
    }

    // The path of "/path?query", of "https://host/path" and of "*".
    private static string PathOf(string target)
    {
        var end = target.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        var scheme = path.IndexOf("://", StringComparison.Ordinal);
        var slash = path.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? "" : path[slash..];
    }
}
