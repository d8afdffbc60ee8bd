using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TrafficAudit.Geolocation.Recipients;

/// <summary>
/// Reads <c>recipients.yaml</c>: a list of maps of texts, and <c>suffixes</c>, a list of texts. It is read event by event, so that neither depth nor
/// aliases of a strange file cost anything.
/// </summary>
internal sealed class RecipientFile
{
    private const int MaxLength = 8 * 1024 * 1024;

    private static readonly string[] Keys = ["organisation", "legal_entity", "country", "group", "group_country", "role", "suffixes", "source"];

    private readonly string _name;
    private readonly Parser _parser;
    private readonly HashSet<string> _suffixes = new(StringComparer.Ordinal);

    private RecipientFile(string name, TextReader text)
    {
        _name = name;
        _parser = new Parser(text);
    }

    /// <summary>Reads all entries.</summary>
    /// <exception cref="RecipientFileException">The first fault in the file.</exception>
    public static ImmutableArray<RecipientEntry> Read(Stream data, string name)
    {
        if (data.Length > MaxLength)
        {
            throw new RecipientFileException($"{name} is larger than {MaxLength / 1024 / 1024} MiB: it can't be a list of recipients");
        }

        using var text = new StreamReader(data);
        var file = new RecipientFile(name, text);
        try
        {
            return file.ReadEntries();
        }
        catch (YamlException e)
        {
            throw new RecipientFileException($"{name}, line {e.Start.Line}: is not valid YAML of the expected shape", e);
        }
    }

    private ImmutableArray<RecipientEntry> ReadEntries()
    {
        var entries = ImmutableArray.CreateBuilder<RecipientEntry>();
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return [];
        }

        _parser.Consume<DocumentStart>();
        Expect<SequenceStart>("expected a list of organisations, each starting with \"- organisation:\"");
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            entries.Add(ReadEntry());
        }

        _parser.Consume<DocumentEnd>();
        Expect<StreamEnd>("a second document is not allowed");
        return entries.DrainToImmutable();
    }

    private RecipientEntry ReadEntry()
    {
        var start = Expect<MappingStart>("expected \"organisation:\" and the other keys of one organisation").Start.Line;
        var texts = new Dictionary<string, Scalar>(StringComparer.Ordinal);
        ImmutableArray<string>? suffixes = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Expect<Scalar>("expected a key");
            if (!Keys.Contains(key.Value, StringComparer.Ordinal))
            {
                throw Fault(key.Start.Line, $"unknown key; the keys are {string.Join(", ", Keys)}");
            }

            if (texts.ContainsKey(key.Value) || (key.Value == "suffixes" && suffixes is not null))
            {
                throw Fault(key.Start.Line, $"\"{key.Value}\" is given twice");
            }

            if (key.Value == "suffixes")
            {
                suffixes = ReadSuffixes();
            }
            else
            {
                texts[key.Value] = Expect<Scalar>($"\"{key.Value}\" must be a text");
            }
        }

        return ToEntry(texts, suffixes ?? [], start);
    }

    private ImmutableArray<string> ReadSuffixes()
    {
        var suffixes = ImmutableArray.CreateBuilder<string>();
        Expect<SequenceStart>("\"suffixes\" must be a list: [example.com, example.net]");
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            var scalar = Expect<Scalar>("a suffix must be a text");
            if (HostName.Parse(scalar.Value) is not { IsAddress: false } host)
            {
                throw Fault(scalar.Start.Line, "a suffix must be a domain name without scheme, port or path");
            }

            if (!_suffixes.Add(host.Text))
            {
                throw Fault(scalar.Start.Line, $"the suffix {host.Text} is there twice");
            }

            suffixes.Add(host.Text);
        }

        return suffixes.DrainToImmutable();
    }

    private RecipientEntry ToEntry(Dictionary<string, Scalar> texts, ImmutableArray<string> suffixes, long line)
    {
        if (string.IsNullOrWhiteSpace(Text("organisation")))
        {
            throw Fault(line, "\"organisation\" is missing");
        }

        if (suffixes.IsEmpty)
        {
            throw Fault(line, "\"suffixes\" is missing or empty");
        }

        if (texts.TryGetValue("role", out var role) && !RecipientEntry.Roles.Contains(role.Value))
        {
            throw Fault(role.Start.Line, $"unknown role; the roles are {string.Join(", ", RecipientEntry.Roles)}");
        }

        return new RecipientEntry
        {
            Organisation = Text("organisation")!,
            LegalEntity = Text("legal_entity"),
            Country = Country("country"),
            Group = Text("group"),
            GroupCountry = Country("group_country"),
            Role = role?.Value,
            Suffixes = suffixes,
            Source = Text("source"),
        };

        string? Text(string key) => texts.GetValueOrDefault(key)?.Value;

        string? Country(string key) => texts.GetValueOrDefault(key) switch
        {
            null => null,
            { Value: [>= 'A' and <= 'Z', >= 'A' and <= 'Z'] code } => code,
            { Start.Line: var at } => throw Fault(at, $"\"{key}\" must be a country code of two capital letters (ISO 3166-1)"),
        };
    }

    private T Expect<T>(string fault)
        where T : ParsingEvent =>
        _parser.TryConsume<T>(out var found) ? found : throw Fault(_parser.Current?.Start.Line ?? 1, fault);

    private RecipientFileException Fault(long line, string what) => new($"{_name}, line {line}: {what}");
}
