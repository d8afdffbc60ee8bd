namespace TrafficAudit.Classification.Detection.Formats;

/// <summary>
/// MAC addresses (IEEE 802, section 8): with one kind of separator, in Cisco's form of three groups, or twelve bare hex digits. All zero or all one is
/// none, nor are groups' addresses. One that a phone made up for a network says so in its second-lowest bit.
/// </summary>
internal static class MacFormat
{
    private const int Digits = 12;

    /// <summary>The address that the whole of <paramref name="value"/> is.</summary>
    /// <param name="item">Whose it is: <c>mac</c> or <c>wifi_bssid</c>.</param>
    /// <param name="value">The value.</param>
    /// <param name="isNamed">Whether the key says that it is one; only then twelve bare digits are.</param>
    public static FormatMatch? Match(string item, ReadOnlySpan<char> value, bool isNamed)
    {
        Span<char> digits = stackalloc char[Digits];
        var isMac = value.Length switch
        {
            17 when value[2] is ':' or '-' => TryRead(value, digits, group: 2, value[2]),
            14 when value[4] == '.' => TryRead(value, digits, group: 4, '.'),
            12 when isNamed => TryRead(value, digits, group: Digits, '\0'),
            _ => false,
        };
        if (!isMac || !digits.ContainsAnyExcept('0') || !digits.ContainsAnyExcept("Ff"))
        {
            return null;
        }

        var first = HexValue(digits[1]);
        return (first & 1) != 0 ? null
            : new FormatMatch(item, (first & 2) != 0 ? "a randomised MAC address (locally administered)" : "a MAC address");
    }

    private static bool TryRead(ReadOnlySpan<char> value, Span<char> digits, int group, char separator)
    {
        var count = 0;
        for (var i = 0; i < value.Length; i++)
        {
            if (i % (group + 1) == group)
            {
                if (value[i] != separator)
                {
                    return false;
                }
            }
            else if (char.IsAsciiHexDigit(value[i]))
            {
                digits[count++] = value[i];
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static int HexValue(char digit) => Convert.ToInt32(digit.ToString(), 16);
}
