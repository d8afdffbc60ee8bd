using System.Text;
using System.Text.Unicode;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>A message's head: request target, header fields, cookies.</summary>
internal static class HeadDecoder
{
    /// <summary>Adds the head's fields and returns what it says about the body.</summary>
    public static BodyHeaders Decode(DecodingRun run, ReadOnlySpan<byte> head)
    {
        var lines = head;
        var startLine = TakeLine(ref lines);
        if (!startLine.StartsWith("HTTP/"u8))
        {
            UrlDecoder.DecodeTarget(run, Target(startLine));
        }

        var body = default(BodyHeaders);
        var cookies = false;
        var rest = lines;
        while (TryTakeField(ref rest, out var name, out var value))
        {
            switch (HeaderNames.UseOf(name))
            {
                case HeaderUse.Cookie or HeaderUse.SetCookie:
                    cookies = true;
                    break;
                case HeaderUse.ContentType:
                    body = body with { Type = body.Type ?? Add(run, name, value, guess: false) };
                    break;
                case HeaderUse.ContentEncoding:
                    body = body with { Encoding = Join(body.Encoding, Add(run, name, value, guess: false)) };
                    break;
                case HeaderUse.Url:
                    AddUrl(run, name, value);
                    break;
                case HeaderUse.Credentials:
                    AddCredentials(run, name, value);
                    break;
                case var use:
                    Add(run, name, value, guess: use == HeaderUse.Any);
                    break;
            }
        }

        if (cookies)
        {
            AddCookies(run, lines);
        }

        return body;
    }

    private static void AddCookies(DecodingRun run, ReadOnlySpan<byte> rest)
    {
        while (TryTakeField(ref rest, out var name, out var value))
        {
            switch (HeaderNames.UseOf(name))
            {
                case HeaderUse.Cookie:
                    CookieDecoder.DecodeSent(run, value);
                    break;
                case HeaderUse.SetCookie:
                    CookieDecoder.DecodeSet(run, value);
                    break;
            }
        }
    }

    private static string Add(DecodingRun run, string name, ReadOnlySpan<byte> value, bool guess)
    {
        var text = Text(value);
        if (guess)
        {
            LeafDecoder.AddText(run, Scope.Of(MessagePart.Header), name, -1, text, 0, value.Length);
        }
        else
        {
            run.Add(Scope.Of(MessagePart.Header), name, -1, FieldKind.Text, text, 0, value.Length);
        }

        return text;
    }

    private static void AddUrl(DecodingRun run, string name, ReadOnlySpan<byte> value)
    {
        if (run.Add(Scope.Of(MessagePart.Header), name, -1, FieldKind.Text, Text(value), 0, value.Length) is { } field)
        {
            var mark = run.Mark;
            UrlDecoder.DecodePairs(run, Scope.Of(MessagePart.Header).Inside(field), value);
            run.Close(field, mark);
        }
    }

    /// <summary>A scheme and what follows it: a token, or base64 of name and password (RFC 9110, 11.4).</summary>
    private static void AddCredentials(DecodingRun run, string name, ReadOnlySpan<byte> value)
    {
        if (run.Add(Scope.Of(MessagePart.Header), name, -1, FieldKind.Text, Text(value), 0, value.Length) is not { } field)
        {
            return;
        }

        var space = value.IndexOf((byte)' ');
        var credentials = value[(space + 1)..];
        if (space > 0 && !credentials.Contains((byte)' '))
        {
            var mark = run.Mark;
            LeafDecoder.AddText(run, Scope.Of(MessagePart.Header).Inside(field), null, -1, Text(credentials), space + 1, credentials.Length);
            run.Close(field, mark);
        }
        else if (space < 0)
        {
            TextDecoder.Offer(run, field, plusIsSpace: false);
        }
    }

    /// <summary>What stands between the method and the version; a target with a stray space in it is taken whole.</summary>
    private static ReadOnlySpan<byte> Target(ReadOnlySpan<byte> startLine)
    {
        var target = startLine[(startLine.IndexOf((byte)' ') + 1)..];
        var version = target.LastIndexOf((byte)' ');
        return version >= 0 && target[(version + 1)..].StartsWith("HTTP/"u8) ? target[..version] : target;
    }

    private static bool TryTakeField(ref ReadOnlySpan<byte> rest, out string name, out ReadOnlySpan<byte> value)
    {
        while (!rest.IsEmpty)
        {
            var line = TakeLine(ref rest);
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
            {
                name = NameCache.Get(line[..colon].Trim(" \t"u8));
                value = line[(colon + 1)..].Trim(" \t"u8);
                return true;
            }
        }

        name = "";
        value = default;
        return false;
    }

    private static ReadOnlySpan<byte> TakeLine(ref ReadOnlySpan<byte> rest)
    {
        var end = rest.IndexOf((byte)'\n');
        var line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }

    private static string Text(ReadOnlySpan<byte> value) => Utf8.IsValid(value) ? Encoding.UTF8.GetString(value) : Encoding.Latin1.GetString(value);

    private static string Join(string? before, string value) => before is null ? value : before + "," + value;
}

/// <summary>What a head says about its body.</summary>
/// <param name="Type">The Content-Type field.</param>
/// <param name="Encoding">The Content-Encoding fields, joined by commas.</param>
internal readonly record struct BodyHeaders(string? Type, string? Encoding);
