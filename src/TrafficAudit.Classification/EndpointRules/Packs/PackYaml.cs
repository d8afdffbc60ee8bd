using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TrafficAudit.Classification.EndpointRules.Packs;

/// <summary>Reads a pack's YAML into nodes, event by event, so that neither depth nor aliases of a strange file cost anything.</summary>
internal sealed class PackYaml
{
    private const int MaxLength = 1024 * 1024;
    private const int Deepest = 12;

    private readonly string _file;
    private readonly Parser _parser;

    private PackYaml(string file, TextReader text)
    {
        _file = file;
        _parser = new Parser(text);
    }

    /// <summary>The root of a file.</summary>
    /// <exception cref="RulePackException">The first fault in it.</exception>
    public static PackNode Read(Stream data, string file)
    {
        if (data.Length > MaxLength)
        {
            throw new RulePackException($"{file} is larger than 1 MiB: it can't be a pack of rules");
        }

        using var text = new StreamReader(data);
        var yaml = new PackYaml(file, text);
        try
        {
            return yaml.ReadDocument();
        }
        catch (YamlException e)
        {
            throw RulePackException.At(file, (int)e.Start.Line, "is not valid YAML", e);
        }
        catch (InvalidOperationException e)
        {
            // YamlDotNet's scanner throws it at a flow mapping that is not closed.
            throw RulePackException.At(file, (int)(yaml._parser.Current?.Start.Line ?? 1), "is not valid YAML from here on", e);
        }
    }

    private PackNode ReadDocument()
    {
        _parser.Consume<StreamStart>();
        _parser.Consume<DocumentStart>();
        var root = ReadNode(1);
        _parser.Consume<DocumentEnd>();
        return _parser.Accept<StreamEnd>(out _) ? root : throw root.Fault("a second document is not allowed");
    }

    private PackNode ReadNode(int depth)
    {
        var line = (int)_parser.Current!.Start.Line;
        if (depth > Deepest)
        {
            throw RulePackException.At(_file, line, $"nests deeper than {Deepest} levels");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new PackNode(_file, line) { Scalar = scalar.Value };
        }

        if (_parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<PackNode>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
            {
                items.Add(ReadNode(depth + 1));
            }

            return new PackNode(_file, line) { Items = items };
        }

        return _parser.TryConsume<MappingStart>(out _)
            ? new PackNode(_file, line) { Members = ReadMembers(depth) }
            : throw RulePackException.At(_file, line, "references to other nodes are not allowed");
    }

    private Dictionary<string, PackNode> ReadMembers(int depth)
    {
        var members = new Dictionary<string, PackNode>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = ReadNode(depth + 1);
            if (!members.TryAdd(key.AsText(), ReadNode(depth + 1)))
            {
                throw key.Fault($"\"{key.Scalar}\" is given twice");
            }
        }

        return members;
    }
}
