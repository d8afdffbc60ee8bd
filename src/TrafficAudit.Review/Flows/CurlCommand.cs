using System.Globalization;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Review.Flows;

/// <summary>
/// A request as a command for curl in a POSIX shell. What curl would add by itself is taken away, so that it sends the fields of the request and no others.
/// </summary>
internal static class CurlCommand
{
    /// <summary>A command line has no room for more; the body is left to a file then.</summary>
    private const int LongestBody = 64 * 1024;

    private const int LongestHead = 64 * 1024;
    private const string FromInput = "@-";

    /// <summary>What curl adds when a request has none.</summary>
    private static readonly string[] OwnFields = ["User-Agent", "Accept", "Content-Type", "Expect"];

    /// <summary>The command; null for what curl can't send (a head over 64 KiB, a request that is no HTTP).</summary>
    /// <param name="message">The request.</param>
    /// <param name="metadata">Where it went.</param>
    /// <param name="places">The flow's findings.</param>
    /// <param name="values">How values are shown: masked, the command says so and can't be run as it is.</param>
    /// <param name="shownPath">The request's path with the values found in it masked.</param>
    public static string? Of(ReadMessage message, FlowMetadata metadata, FindingPlaces places, ShownValues values, string shownPath)
    {
        var head = message.Head;
        if (head.Method.Length == 0 || message.Message.Head.Length > LongestHead || metadata.Scheme is not ("http" or "https"))
        {
            return null;
        }

        var command = new StringBuilder();
        var target = values.IsRevealed ? head.Target : head.Target.Contains('?', StringComparison.Ordinal) ? shownPath + "?…" : shownPath;
        var body = message.Message.Body.Length > 0 ? message.Message.Body : null;
        var (before, data) = body is null ? ("", null) : values.IsRevealed ? DataOf(body) : ("", Quoted($"[values masked: {body.Length} bytes]"));
        if (!values.IsRevealed)
        {
            command.Append("# values masked\n");
        }

        command.Append(before).Append("curl --globoff --path-as-is --http1.1 ");
        command.Append(head.Method == "HEAD" ? "--head" : $"--request {Quoted(head.Method)}").Append(" \\\n  ");
        if (target.StartsWith('/'))
        {
            command.Append(Quoted(Origin(metadata) + target));
        }
        else
        {
            command.Append("--request-target ").Append(Quoted(target)).Append(" \\\n  ").Append(Quoted(Origin(metadata) + "/"));
        }

        AppendFields(command, head, places, values, hasBody: body is not null);
        if (data is not null)
        {
            command.Append(" \\\n  ").Append(data.StartsWith("'@", StringComparison.Ordinal) ? "--data-raw " : "--data-binary ").Append(data);
        }

        return command.Append('\n').ToString();
    }

    private static string Origin(FlowMetadata metadata)
    {
        var host = metadata.Host.Contains(':', StringComparison.Ordinal) ? $"[{metadata.Host}]" : metadata.Host;
        return string.Create(CultureInfo.InvariantCulture, $"{metadata.Scheme}://{host}:{metadata.Port}");
    }

    private static void AppendFields(StringBuilder command, HttpHead head, FindingPlaces places, ShownValues values, bool hasBody)
    {
        foreach (var field in head.Fields)
        {
            // curl counts the body itself, and would frame it twice.
            if (field.Is("Content-Length") || field.Is("Transfer-Encoding") || field.Name.StartsWith('@'))
            {
                continue;
            }

            var value = values.IsRevealed || (PlainHeaders.Contains(field.Name) && !places.AreInHeader(field.Name)) ? field.Value : values.Of(field.Value);
            command.Append(" \\\n  --header ").Append(Quoted(value.Length == 0 ? $"{field.Name};" : $"{field.Name}: {value}"));
        }

        foreach (var own in OwnFields.Where(own => head[own] is null && (hasBody || own is "User-Agent" or "Accept")))
        {
            command.Append(" \\\n  --header ").Append(Quoted(own + ":"));
        }
    }

    /// <summary>What is to stand before the command, and the value of the option that sends the body.</summary>
    private static (string Before, string Data) DataOf(Body body)
    {
        if (body.Length > LongestBody)
        {
            return ($"# the body ({body.Length.ToString(CultureInfo.InvariantCulture)} bytes) is too long for a command: save it as request-body first\n", "@request-body");
        }

        var bytes = body.ToMemory().Span;
        if (!bytes.ContainsAnyExceptInRange((byte)0x20, (byte)0x7E))
        {
            return ("", Quoted(Encoding.ASCII.GetString(bytes)));
        }

        // Neither a null byte nor invalid UTF-8 survives every shell in an argument; octal escapes of printf do (POSIX.1-2017, printf).
        var octal = new StringBuilder(bytes.Length * 2);
        foreach (var b in bytes)
        {
            if (b is >= 0x20 and < 0x7F and not ((byte)'\\' or (byte)'%' or (byte)'\''))
            {
                octal.Append((char)b);
            }
            else
            {
                octal.Append('\\').Append(Convert.ToString(b, 8).PadLeft(3, '0'));
            }
        }

        return ($"printf '{octal}' | ", FromInput);
    }

    /// <summary>In single quotes nothing is special to a POSIX shell but the quote itself.</summary>
    private static string Quoted(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
