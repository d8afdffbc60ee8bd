using System.Runtime.InteropServices;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>A request target (RFC 9112, 3.2) and URLs inside values (RFC 3986).</summary>
internal static class UrlDecoder
{
    /// <summary>Takes a request target apart: user information and fragment, path segments, query.</summary>
    public static void DecodeTarget(DecodingRun run, ReadOnlySpan<byte> target)
    {
        var parts = Split(target);
        if (parts.Authority.Length > 0 && parts.Authority.Of(target).LastIndexOf((byte)'@') is >= 0 and var at)
        {
            Whole(run, "userinfo", target, parts.Authority.Start, at);
        }

        if (parts.Fragment.Length > 0)
        {
            Whole(run, "fragment", target, parts.Fragment.Start, parts.Fragment.Length);
        }

        // Authority form (CONNECT) and "*" have no path.
        if (parts.Path.Length > 0 && target[parts.Path.Start] == '/')
        {
            DecodePath(run, parts.Path.Of(target));
        }

        if (parts.Query.Length > 0 && run.Add(Scope.Of(MessagePart.Query), null, -1, FieldKind.Container, null, 0, parts.Query.Length) is { } query)
        {
            var mark = run.Mark;
            FormDecoder.Decode(run, Scope.Of(MessagePart.Query).Inside(query), parts.Query.Of(target));
            run.Close(query, mark);
        }
    }

    /// <summary>Adds the pairs of a URL's query, and of its fragment when it holds some, as fields of <paramref name="scope"/>.</summary>
    public static void DecodePairs(DecodingRun run, in Scope scope, ReadOnlySpan<byte> url)
    {
        var parts = Split(url);
        if (parts.Query.Of(url).Contains((byte)'='))
        {
            FormDecoder.Decode(run, scope.Skip(parts.Query.Start), parts.Query.Of(url));
        }

        if (FormDecoder.IsForm(parts.Fragment.Of(url)))
        {
            FormDecoder.Decode(run, scope.Skip(parts.Fragment.Start), parts.Fragment.Of(url));
        }
    }

    /// <summary>Whether a text is a URL with a scheme and pairs to be taken out of it.</summary>
    public static bool IsUrlWithPairs(ReadOnlySpan<char> text)
    {
        var colon = text.IndexOf("://");
        if (colon is < 2 or > 32 || !char.IsAsciiLetter(text[0]) || text.IndexOfAny(" \t\r\n<>\"") >= 0)
        {
            return false;
        }

        foreach (var c in text[..colon])
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        var mark = text.IndexOfAny('?', '#');
        return mark > 0 && text[mark..].Contains('=');
    }

    private static void DecodePath(DecodingRun run, ReadOnlySpan<byte> path)
    {
        if (run.Add(Scope.Of(MessagePart.Path), null, -1, FieldKind.Container, null, 0, path.Length) is not { } root)
        {
            return;
        }

        var mark = run.Mark;
        var scope = Scope.Of(MessagePart.Path).Inside(root);
        var percent = default(Scope?);
        var index = 0;
        for (var start = 1; start < path.Length && !run.Exhausted; index++)
        {
            var end = path[start..].IndexOf((byte)'/');
            end = end < 0 ? path.Length : start + end;
            if (end > start)
            {
                LeafDecoder.AddEncoded(run, scope, ref percent, null, index, path[start..end], start, plusIsSpace: false);
            }

            start = end + 1;
        }

        run.Close(root, mark);
    }

    private static void Whole(DecodingRun run, string key, ReadOnlySpan<byte> target, int start, int length)
    {
        var percent = default(Scope?);
        LeafDecoder.AddEncoded(run, Scope.Of(MessagePart.Url), ref percent, key, -1, target.Slice(start, length), start, plusIsSpace: false);
    }

    private static Parts Split(ReadOnlySpan<byte> url)
    {
        var hash = url.IndexOf((byte)'#');
        var beforeFragment = hash < 0 ? url.Length : hash;
        var mark = url[..beforeFragment].IndexOf((byte)'?');
        var beforeQuery = mark < 0 ? beforeFragment : mark;
        var scheme = url.IsEmpty || url[0] == '/' ? -1 : url[..beforeQuery].IndexOf("://"u8);
        var authority = scheme < 0 ? 0 : scheme + 3;
        var path = scheme < 0 ? 0 : url[authority..beforeQuery].IndexOf((byte)'/');
        path = path < 0 ? beforeQuery : path + authority;
        return new Parts(
            new Stretch(authority, scheme < 0 ? 0 : path - authority),
            new Stretch(path, beforeQuery - path),
            mark < 0 ? default : new Stretch(mark + 1, beforeFragment - mark - 1),
            hash < 0 ? default : new Stretch(hash + 1, url.Length - hash - 1));
    }

    /// <summary>A part of a URL: where it lies.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Stretch(int Start, int Length)
    {
        public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> url) => url.Slice(Start, Length);
    }

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Parts(Stretch Authority, Stretch Path, Stretch Query, Stretch Fragment);
}
