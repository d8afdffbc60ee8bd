using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TrafficAudit.Evidence.Imports;

namespace TrafficAudit.Evidence.Mitmproxy;

/// <summary>
/// A value of a tnetstring (https://tnetstrings.info): a length, a colon, that many bytes, and a letter for the type. mitmproxy has one type more,
/// <c>;</c> for text in UTF-8 beside <c>,</c> for bytes. It is a view into the bytes: what is in it is read only when it is asked for, so that neither
/// depth nor number of values costs anything.
/// </summary>
/// <param name="Data">The bytes between colon and letter.</param>
/// <param name="Type">The letter.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TnetValue(ReadOnlyMemory<byte> Data, byte Type)
{
    /// <summary>Digits of a length: no value of a flow file is longer.</summary>
    public const int MaxDigits = 12;

    /// <summary>Nothing: also what is asked for and is not there.</summary>
    public static TnetValue Null { get; } = new(default, (byte)'~');

    public bool IsNull => Type is (byte)'~' or 0;

    public bool IsDictionary => Type == '}';

    public bool IsTrue => Type == '!' && Data.Span.SequenceEqual("true"u8);

    /// <summary>Bytes or text as bytes; empty for other types.</summary>
    public ReadOnlyMemory<byte> Bytes => Type is (byte)',' or (byte)';' ? Data : default;

    /// <summary>Bytes, text or a number as text; null for other types.</summary>
    public string? Text => Type is (byte)',' or (byte)';' or (byte)'#' or (byte)'^' ? Encoding.UTF8.GetString(Data.Span) : null;

    public long? Integer => Type == '#' && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    /// <summary>Seconds since 1970 as a moment; null for anything else.</summary>
    public DateTimeOffset? Time => Type is (byte)'#' or (byte)'^' ? ImportedValue.UnixTime(Text) : null;

    /// <summary>The value of a key; <see cref="Null"/> when this is no dictionary or has no such key.</summary>
    /// <exception cref="UnusableEntryException">The bytes are no tnetstring.</exception>
    public TnetValue this[string key]
    {
        get
        {
            var rest = IsDictionary ? Data : default;
            while (!rest.IsEmpty)
            {
                var name = Take(ref rest);
                var value = Take(ref rest);
                if (Ascii.Equals(name.Data.Span, key))
                {
                    return value;
                }
            }

            return Null;
        }
    }

    /// <summary>The values of a list; none when this is no list.</summary>
    /// <exception cref="UnusableEntryException">The bytes are no tnetstring.</exception>
    public IEnumerable<TnetValue> Items()
    {
        var rest = Type == ']' ? Data : default;
        while (!rest.IsEmpty)
        {
            yield return Take(ref rest);
        }
    }

    /// <summary>Takes the value at the start of <paramref name="rest"/>.</summary>
    /// <exception cref="UnusableEntryException">There is none, or it does not end there.</exception>
    public static TnetValue Take(ref ReadOnlyMemory<byte> rest)
    {
        var colon = rest.Span[..Math.Min(rest.Length, MaxDigits + 1)].IndexOf((byte)':');
        if (colon < 0 || LengthOf(rest.Span[..colon]) is not { } length || length >= rest.Length - colon - 1)
        {
            throw new UnusableEntryException("the bytes are no tnetstring");
        }

        var end = colon + 1 + (int)length;
        var value = new TnetValue(rest[(colon + 1)..end], rest.Span[end]);
        rest = rest[(end + 1)..];
        return value;
    }

    /// <summary>The length that digits name; null when they are none.</summary>
    public static long? LengthOf(ReadOnlySpan<byte> digits) =>
        digits.Length is > 0 and <= MaxDigits && long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? length : null;
}
