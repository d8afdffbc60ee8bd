using System.Text;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>
/// Writes a message's head as HTTP/1.1 text from the fields of a HAR.
/// <para>
/// Decision: a field that describes bytes which the file no longer has is kept under the name <c>X-Archive-Orig-…</c>, the name that
/// web archives use for it: <c>Content-Encoding</c> (a HAR's content is decoded; left under its name, readers would try to
/// decode it again and find nothing), <c>Transfer-Encoding</c>, a <c>Content-Length</c> that counts other bytes, a
/// <c>Content-Type</c> whose character set the text no longer has. So no recorded value is lost, none is made up, and what
/// remains under the usual names is true of the bytes that follow.
/// </para>
/// </summary>
internal sealed class HarHead
{
    /// <summary>Stands before the name of a field that does not describe the kept bytes.</summary>
    public const string OriginalPrefix = "X-Archive-Orig-";

    // Far over every server's limit; it keeps a hostile entry from growing several copies of itself.
    private const int MaxCharacters = 8 * 1024 * 1024;

    private readonly StringBuilder _text = new();

    private HarHead(string startLine) => _text.Append(startLine).Append("\r\n");

    /// <summary>Fields whose names are no names; they can't be written.</summary>
    public int LeftOut { get; private set; }

    /// <summary>The head with its closing empty line.</summary>
    public byte[] Bytes => Encoding.UTF8.GetBytes($"{_text}\r\n");

    /// <summary>A request's head; the pseudo-field <c>:authority</c>, or else the URL, names the host if no field does.</summary>
    /// <exception cref="UnusableEntryException">The head is too long.</exception>
    public static HarHead Request(string method, string target, string authority, HarHeaders headers, HarBody body, string? mimeType)
    {
        var head = new HarHead($"{method} {target} HTTP/1.1");
        var hasHost = headers["Host"] is not null;
        if (!hasHost && headers[":authority"] is null)
        {
            head.Append("Host", authority);
        }

        foreach (var field in headers.Fields)
        {
            if (!hasHost && field.Is(":authority"))
            {
                head.Append("Host", field.Value);
                hasHost = true;
            }
            else
            {
                head.Append(field, body);
            }
        }

        if (body.Bytes.Length > 0 && headers["Content-Type"] is null && (body.ContentType ?? mimeType) is { Length: > 0 } type)
        {
            head.Append("Content-Type", type);
        }

        return head;
    }

    /// <summary>A response's head.</summary>
    /// <exception cref="UnusableEntryException">The head is too long.</exception>
    public static HarHead Response(int status, string? reason, HarHeaders headers, HarBody body)
    {
        var head = new HarHead($"HTTP/1.1 {status} {HttpText.Clean(reason ?? "")}");
        foreach (var field in headers.Fields)
        {
            head.Append(field, body);
        }

        return head;
    }

    private void Append(HeaderField field, HarBody body)
    {
        if (field.Name.StartsWith(':'))
        {
            return; // HTTP/2's pseudo-fields: the start line says the same
        }

        if (!HttpText.IsToken(field.Name))
        {
            LeftOut++;
        }
        else if (!Describes(field, body))
        {
            Append(OriginalPrefix + field.Name, field.Value);
            if (field.Is("Content-Type"))
            {
                Append(field.Name, body.ContentType!);
            }
        }
        else if (field.Is("Set-Cookie"))
        {
            // Chrome joins several of them with a line feed.
            foreach (var cookie in field.Value.Split('\n'))
            {
                Append(field.Name, cookie);
            }
        }
        else
        {
            Append(field.Name, field.Value);
        }
    }

    private static bool Describes(HeaderField field, HarBody body)
    {
        if (field.Is("Transfer-Encoding"))
        {
            return false;
        }

        if (body.Bytes.Length == 0)
        {
            return true;
        }

        return field.Is("Content-Encoding") ? body.IsStillCoded
            : field.Is("Content-Length") ? long.TryParse(field.Value, out var length) && length == body.Length
            : !field.Is("Content-Type") || body.ContentType is null;
    }

    private void Append(string name, string value)
    {
        if (_text.Length + value.Length > MaxCharacters)
        {
            throw new UnusableEntryException($"headers: a message's head is longer than {MaxCharacters} characters");
        }

        _text.Append(name).Append(": ").Append(HttpText.Clean(value)).Append("\r\n");
    }
}
