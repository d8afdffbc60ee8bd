using System.Globalization;
using System.Text;

namespace TrafficAudit.Evidence.Tests.Mitmproxy;

/// <summary>Writes tnetstrings, for flow files of versions that no program here writes.</summary>
internal static class Tnet
{
    /// <summary>The value as a tnetstring: bytes, text, numbers, truth values, null, lists and dictionaries (pairs of a name and a value).</summary>
    public static byte[] Of(object? value) => value switch
    {
        null => Frame([], '~'),
        bool truth => Frame(Encoding.ASCII.GetBytes(truth ? "true" : "false"), '!'),
        int number => Frame(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), '#'),
        decimal number => Frame(Encoding.ASCII.GetBytes(number.ToString(CultureInfo.InvariantCulture)), '^'),
        byte[] bytes => Frame(bytes, ','),
        string text => Frame(Encoding.UTF8.GetBytes(text), ';'),
        Dictionary<string, object?> members => Frame([.. members.SelectMany(m => Of(m.Key).Concat(Of(m.Value)))], '}'),
        IEnumerable<object?> items => Frame([.. items.SelectMany(Of)], ']'),
        _ => throw new ArgumentException($"No tnetstring for {value.GetType()}", nameof(value)),
    };

    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Frame(byte[] data, char type) => [.. Encoding.ASCII.GetBytes($"{data.Length}:"), .. data, (byte)type];
}
