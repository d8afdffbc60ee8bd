using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace TrafficAudit.Geolocation.Yaml;

/// <summary>
/// Reads a data file in YAML event by event, so that neither depth nor aliases of a strange file cost anything, and every fault names its line.
/// </summary>
internal sealed class YamlCursor
{
    private const int MaxLength = 8 * 1024 * 1024;

    private readonly string _name;
    private readonly Parser _parser;
    private readonly Func<string, Exception?, GeoDataException> _fault;

    private YamlCursor(string name, TextReader text, Func<string, Exception?, GeoDataException> fault)
    {
        _name = name;
        _parser = new Parser(text);
        _fault = fault;
    }

    /// <summary>Reads a file's one document; an empty file gives <paramref name="empty"/>.</summary>
    /// <exception cref="GeoDataException">The first fault in the file, as <paramref name="fault"/> makes it.</exception>
    public static T Read<T>(Stream data, string name, T empty, Func<string, Exception?, GeoDataException> fault, Func<YamlCursor, T> read)
    {
        if (data.Length > MaxLength)
        {
            throw fault($"{name} is larger than {MaxLength / 1024 / 1024} MiB: it can't be such a file", null);
        }

        using var text = new StreamReader(data, leaveOpen: true);
        var file = new YamlCursor(name, text, fault);
        try
        {
            file._parser.Consume<StreamStart>();
            if (file._parser.Accept<StreamEnd>(out _))
            {
                return empty;
            }

            file._parser.Consume<DocumentStart>();
            var content = read(file);
            file._parser.Consume<DocumentEnd>();
            file.Expect<StreamEnd>("a second document is not allowed");
            return content;
        }
        catch (YamlException e)
        {
            throw fault($"{name}, line {e.Start.Line}: is not valid YAML of the expected shape", e);
        }
    }

    /// <summary>Reads a list.</summary>
    public ImmutableArray<T> ReadList<T>(string expected, Func<T> read)
    {
        var items = ImmutableArray.CreateBuilder<T>();
        Expect<SequenceStart>(expected);
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(read());
        }

        return items.DrainToImmutable();
    }

    /// <summary>Reads a map.</summary>
    /// <param name="expected">What it must be, for the fault when it is none.</param>
    /// <param name="texts">Keys whose values are texts.</param>
    /// <param name="lists">Keys whose values are lists of texts.</param>
    /// <param name="others">Keys whose values are read by something else.</param>
    public YamlMap ReadMap(string expected, string[] texts, string[] lists, Dictionary<string, Action>? others = null)
    {
        var map = new YamlMap(this, Expect<MappingStart>(expected).Start.Line);
        var read = new HashSet<string>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Expect<Scalar>("expected a key");
            var isText = texts.Contains(key.Value, StringComparer.Ordinal);
            var other = others?.GetValueOrDefault(key.Value);
            if (!isText && other is null && !lists.Contains(key.Value, StringComparer.Ordinal))
            {
                throw Fault(key.Start.Line, $"unknown key; the keys are {string.Join(", ", texts.Concat(lists).Concat(others?.Keys.AsEnumerable() ?? []))}");
            }

            if (!read.Add(key.Value))
            {
                throw Fault(key.Start.Line, $"\"{key.Value}\" is given twice");
            }

            if (isText)
            {
                map.Add(key.Value, Expect<Scalar>($"\"{key.Value}\" must be a text"));
            }
            else if (other is null)
            {
                map.Add(key.Value, ReadList($"\"{key.Value}\" must be a list: [a, b]", () => Expect<Scalar>($"what \"{key.Value}\" lists must be texts")));
            }
            else
            {
                other();
            }
        }

        return map;
    }

    /// <summary>Reads a map whose keys are the file's own, such as codes.</summary>
    /// <param name="expected">What it must be, for the fault when it is none.</param>
    /// <param name="read">Reads the value of a key.</param>
    public void ReadEntries(string expected, Action<Scalar> read)
    {
        var keys = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        Expect<MappingStart>(expected);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var key = Expect<Scalar>("expected a key");
            if (!keys.Add(key.Value))
            {
                throw Fault(key.Start.Line, $"\"{key.Value}\" is given twice");
            }

            read(key);
        }
    }

    /// <summary>Reads a text.</summary>
    public Scalar ReadText(string expected) => Expect<Scalar>(expected);

    /// <summary>The exception for a fault on a line.</summary>
    public GeoDataException Fault(long line, string what) => _fault($"{_name}, line {line}: {what}", null);

    private T Expect<T>(string fault)
        where T : ParsingEvent =>
        _parser.TryConsume<T>(out var found) ? found : throw Fault(_parser.Current?.Start.Line ?? 1, fault);
}
