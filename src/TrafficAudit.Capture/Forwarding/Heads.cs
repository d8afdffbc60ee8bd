using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Model;

namespace TrafficAudit.Capture.Forwarding;

/// <summary>Writes heads that did not travel as text (HTTP/2), or that only the client library saw, as HTTP/1.1 text.</summary>
internal static class Heads
{
    /// <summary>
    /// How bytes become characters on every side of the proxy: one for one, so that a field that holds UTF-8, EUC-KR or anything else (RFC 9110,
    /// section 5.5: obs-text) is the same bytes when it goes on and in the evidence.
    /// </summary>
    public static Encoding BytePerCharacter => Encoding.Latin1;

    /// <summary>The fields of a head, a character for each byte.</summary>
    public static ImmutableArray<HeaderField> Fields(byte[] head) =>
        HttpHead.Parse(Ascii.IsValid(head) ? head : Encoding.UTF8.GetBytes(BytePerCharacter.GetString(head))).Fields;

    public static string Version(string protocol) => protocol switch
    {
        "HTTP/2" or "HTTP/2.0" => "HTTP/2",
        "HTTP/3" or "HTTP/3.0" => "HTTP/3",
        _ => protocol,
    };

    public static string Version(Version version) => version.Major >= 2 ? $"HTTP/{version.Major}" : $"HTTP/{version.Major}.{version.Minor}";

    /// <summary>A request that came over HTTP/2: its pseudo-header fields become start line and Host (RFC 9113, section 8.3.1).</summary>
    public static byte[] Write(HttpRequest request, Target target)
    {
        var text = new StringBuilder(512);
        text.Append(request.Method).Append(' ').Append(target.PathAndQuery).Append(" HTTP/1.1\r\n");
        text.Append("Host: ").Append(request.Host.Value).Append("\r\n");
        foreach (var (name, values) in request.Headers)
        {
            if (!name.StartsWith(':') && !name.Equals("Host", StringComparison.OrdinalIgnoreCase))
            {
                foreach (var value in values)
                {
                    text.Append(name).Append(": ").Append(value).Append("\r\n");
                }
            }
        }

        return BytePerCharacter.GetBytes(text.Append("\r\n").ToString());
    }

    public static byte[] Write(HttpResponseMessage response)
    {
        var text = new StringBuilder(512);
        text.Append("HTTP/1.1 ").Append((int)response.StatusCode).Append(' ').Append(response.ReasonPhrase).Append("\r\n");
        Append(text, response.Headers.NonValidated);
        Append(text, response.Content.Headers.NonValidated);
        return BytePerCharacter.GetBytes(text.Append("\r\n").ToString());
    }

    private static void Append(StringBuilder text, System.Net.Http.Headers.HttpHeadersNonValidated headers)
    {
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                text.Append(name).Append(": ").Append(value).Append("\r\n");
            }
        }
    }
}
