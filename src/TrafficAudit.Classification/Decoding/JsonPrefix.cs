namespace TrafficAudit.Classification.Decoding;

/// <summary>What senders put before JSON so that it can't be run as script, and the call that makes it script (JSONP).</summary>
internal static class JsonPrefix
{
    private const int LongestFunctionName = 80;
    private const int LongestCount = 10;

    /// <summary>
    /// Where the document starts; -1 when the text does not begin like one. It begins like one with a brace or bracket and what may
    /// follow these, or, where the label says JSON, with any value.
    /// </summary>
    public static int Skip(ReadOnlySpan<byte> utf8, bool isScalarAllowed)
    {
        var at = White(utf8, utf8.StartsWith("\uFEFF"u8) ? 3 : 0);
        if (Begins(utf8, at))
        {
            return at;
        }

        if (at == utf8.Length)
        {
            return -1;
        }

        var after = White(utf8, AfterGuard(utf8, at));
        if (Begins(utf8, after))
        {
            return after;
        }

        return isScalarAllowed && (char.IsAsciiDigit((char)utf8[at]) || "\"-tfn"u8.Contains(utf8[at])) ? at : -1;
    }

    private static int AfterGuard(ReadOnlySpan<byte> utf8, int at)
    {
        var text = utf8[at..];
        foreach (var guard in Guards)
        {
            if (text.StartsWith(guard))
            {
                return at + guard.Length;
            }
        }

        // Socket.IO puts the packet's type before the array, Google a byte count before each.
        var digits = text.IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        return digits is > 0 and <= LongestCount ? at + digits : AfterCall(utf8, at);
    }

    private static byte[][] Guards { get; } =
    [
        [.. ")]}',"u8], [.. ")]}'"u8], [.. ")]}"u8], [.. "while(1);"u8], [.. "while (1);"u8], [.. "for(;;);"u8], [.. "for (;;);"u8],
        [.. "{}&&"u8], [.. "{} &&"u8], [.. "/*-secure-"u8],
    ];

    /// <summary>After <c>name(</c> or <c>/**/name(</c>.</summary>
    private static int AfterCall(ReadOnlySpan<byte> utf8, int at)
    {
        var name = utf8[at..].StartsWith("/**/"u8) ? White(utf8, at + 4) : at;
        for (var i = name; i < utf8.Length && i - name < LongestFunctionName; i++)
        {
            var b = utf8[i];
            if (b == '(' && i > name)
            {
                return i + 1;
            }

            if (!char.IsAsciiLetterOrDigit((char)b) && b is not ((byte)'_' or (byte)'$' or (byte)'.'))
            {
                break;
            }
        }

        return at;
    }

    private static bool Begins(ReadOnlySpan<byte> utf8, int at)
    {
        if (at >= utf8.Length || utf8[at] is not ((byte)'{' or (byte)'['))
        {
            return false;
        }

        var next = White(utf8, at + 1);
        if (next == utf8.Length)
        {
            return false;
        }

        var b = utf8[next];
        return utf8[at] == '{'
            ? b is (byte)'"' or (byte)'/' || (b == '}' && !utf8[(next + 1)..].TrimStart(" "u8).StartsWith("&&"u8))
            : b is (byte)'"' or (byte)'{' or (byte)'[' or (byte)']' or (byte)'-' or (byte)'/' || char.IsAsciiDigit((char)b) || IsWord(utf8[next..]);
    }

    private static bool IsWord(ReadOnlySpan<byte> text) => text.StartsWith("true"u8) || text.StartsWith("false"u8) || text.StartsWith("null"u8);

    private static int White(ReadOnlySpan<byte> utf8, int at)
    {
        while (at < utf8.Length && utf8[at] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            at++;
        }

        return at;
    }
}
