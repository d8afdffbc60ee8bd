namespace TrafficAudit.Classification.Decoding;

/// <summary>Two hexadecimal digits and the byte that they stand for.</summary>
internal static class HexDigits
{
    /// <summary>Reads two digits; false when one is none.</summary>
    public static bool TryByte(int high, int low, out byte value)
    {
        var digits = (Digit(high) << 4) | Digit(low);
        value = (byte)digits;
        return digits >= 0;
    }

    private static int Digit(int c) => c switch
    {
        >= '0' and <= '9' => c - '0',
        >= 'a' and <= 'f' => c - 'a' + 10,
        >= 'A' and <= 'F' => c - 'A' + 10,
        _ => -1,
    };
}
