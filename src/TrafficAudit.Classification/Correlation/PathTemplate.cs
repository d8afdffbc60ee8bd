using System.Text;
using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Correlation;

/// <summary>What stays of a path when the numbers and identifiers in it are taken out.</summary>
internal static class PathTemplate
{
    private const int LongestPath = 512;
    private const int ShortestNumberedSegment = 6;
    private const int ShortestNumberedKey = 8;
    private const int FewDigits = 4;

    /// <summary>The template of a request's path: <c>/v1/devices/*/events</c>.</summary>
    public static string OfTarget(ReadOnlySpan<char> target)
    {
        var end = target.IndexOfAny('?', '#');
        var path = WithoutAuthority(end < 0 ? target : target[..end]);
        path = path[..Math.Min(path.Length, LongestPath)];
        var template = new StringBuilder(path.Length);
        foreach (var range in path.Split('/'))
        {
            var segment = path[range];
            if (range.Start.Value > 0)
            {
                template.Append('/');
            }

            template.Append(IsNumbered(segment) ? "*" : segment);
        }

        return template.ToString();
    }

    /// <summary>Adds the template of a field's path.</summary>
    public static void Append(StringBuilder template, Field field) => Append(template, field, isLeaf: true);

    private static void Append(StringBuilder template, Field field, bool isLeaf)
    {
        if (field.Parent is { } parent)
        {
            Append(template, parent, isLeaf: false);
        }

        if (field.Index >= 0)
        {
            // The position of a value is what it means (a record's third column); that of an object among others is not.
            template.Append('[');
            _ = isLeaf || field.Part == MessagePart.Path ? template.Append(field.Index) : template.Append('*');
            template.Append(']');
        }
        else if (field.Key is { } key)
        {
            if (template.Length > 0 && template[^1] != '\n')
            {
                template.Append('.');
            }

            AppendKey(template, field, key);
        }
    }

    private static void AppendKey(StringBuilder template, Field field, string key)
    {
        if (field is { Part: MessagePart.Header, Parent: null })
        {
            template.Append(key.ToLowerInvariant());
        }
        else if (IsNumberedKey(key))
        {
            template.Append('*');
        }
        else if (key.Contains('.', StringComparison.Ordinal))
        {
            template.Append('"').Append(key).Append('"');
        }
        else
        {
            template.Append(key);
        }
    }

    /// <summary>Of a target in absolute form (RFC 9112, 3.2.2) only the path.</summary>
    private static ReadOnlySpan<char> WithoutAuthority(ReadOnlySpan<char> target)
    {
        var scheme = target.StartsWith("/") ? -1 : target.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0)
        {
            return target;
        }

        var authority = target[(scheme + 3)..];
        var slash = authority.IndexOf('/');
        return slash < 0 ? "/" : authority[slash..];
    }

    private static bool IsNumbered(ReadOnlySpan<char> segment) =>
        segment.ContainsAnyInRange('0', '9') && (segment.Length >= ShortestNumberedSegment || !segment.ContainsAnyExceptInRange('0', '9'));

    // Protobuf's keys are numbers, and names have some, too.
    private static bool IsNumberedKey(string key)
    {
        if (key.Length < ShortestNumberedKey)
        {
            return false;
        }

        var digits = 0;
        foreach (var c in key)
        {
            digits += char.IsAsciiDigit(c) ? 1 : 0;
        }

        return digits >= FewDigits;
    }
}
