using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>The compressor of lz-string 1.5 (an LZW over UTF-16 units, bits packed low first), after its published format.</summary>
internal sealed class LzStringWriter
{
    private const string Base64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=";
    private const string ForUrls = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+-$";
    private readonly List<bool> _bits = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unwritten = new(StringComparer.Ordinal);
    private int _width = 2;
    private double _roomLeft = 2;
    private int _next = 3;

    private LzStringWriter()
    {
    }

    /// <summary>compressToBase64.</summary>
    public static string ToBase64(string text)
    {
        var digits = Packed(text, 6, value => Base64[value]);
        return digits + (digits.Length % 4) switch { 1 => "===", 2 => "==", 3 => "=", _ => "" };
    }

    /// <summary>compressToEncodedURIComponent.</summary>
    public static string ToUrl(string text) => Packed(text, 6, value => ForUrls[value]);

    /// <summary>compressToUTF16.</summary>
    public static string ToUtf16(string text) => Packed(text, 15, value => (char)(value + 32)) + " ";

    private static string Packed(string text, int bitsPerUnit, Func<int, char> unit)
    {
        var writer = new LzStringWriter();
        writer.Compress(text);
        var bits = writer._bits;
        var packed = new StringBuilder();
        var value = 0;
        for (var i = 0; ; i++)
        {
            // The last unit is filled up; one that is full already is followed by an empty one.
            value = (value << 1) | (i < bits.Count && bits[i] ? 1 : 0);
            if (i % bitsPerUnit != bitsPerUnit - 1)
            {
                continue;
            }

            packed.Append(unit(value));
            value = 0;
            if (i >= bits.Count)
            {
                return packed.ToString();
            }
        }
    }

    private void Compress(string text)
    {
        var phrase = "";
        foreach (var c in text)
        {
            var unit = c.ToString();
            if (_codes.TryAdd(unit, _next))
            {
                _next++;
                _unwritten.Add(unit);
            }

            if (_codes.ContainsKey(phrase + unit))
            {
                phrase += unit;
                continue;
            }

            Write(phrase);
            _codes.Add(phrase + unit, _next++);
            phrase = unit;
        }

        if (phrase.Length > 0)
        {
            Write(phrase);
        }

        Write(2, _width);
    }

    private void Write(string phrase)
    {
        if (!_unwritten.Remove(phrase))
        {
            Write(_codes[phrase], _width);
        }
        else
        {
            var isByte = phrase[0] < 256;
            Write(isByte ? 0 : 1, _width);
            Write(phrase[0], isByte ? 8 : 16);
            Grow();
        }

        Grow();
    }

    private void Grow()
    {
        if (--_roomLeft == 0)
        {
            _roomLeft = Math.Pow(2, _width);
            _width++;
        }
    }

    private void Write(int value, int bits)
    {
        for (var i = 0; i < bits; i++, value >>= 1)
        {
            _bits.Add((value & 1) == 1);
        }
    }
}
