using System.Text;

namespace TrafficAudit.Evidence.Har;

/// <summary>Makes a body of the parameters that were posted, for writers that keep those and not the text.</summary>
internal static class PostedParams
{
    private const string OwnBoundary = "----TrafficAuditRebuiltBoundary";

    /// <summary>The body: multipart where the type says so, else a form (WHATWG URL, section 5.2).</summary>
    public static HarBody Body(HarRequest request, HarHeaders headers)
    {
        var type = headers["Content-Type"] ?? request.PostData.MimeType ?? "";
        if (!type.TrimStart().StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            var form = Encoding.UTF8.GetBytes(string.Join('&', request.Params.Select(p => $"{FormText(p.Name)}={FormText(p.Value)}")));
            return new HarBody(form, form.Length);
        }

        var boundary = BoundaryOf(type);
        var bytes = Encoding.UTF8.GetBytes(Multipart(request.Params, boundary ?? OwnBoundary));
        return new HarBody(bytes, bytes.Length, ContentType: boundary is null ? $"multipart/form-data; boundary={OwnBoundary}" : null);
    }

    private static string FormText(string text) => Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);

    // RFC 7578; the boundary is at most 70 characters (RFC 2046, section 5.1.1).
    private static string? BoundaryOf(string type)
    {
        var at = type.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        var boundary = at < 0 ? "" : type[(at + "boundary=".Length)..].Split(';')[0].Trim(' ', '"');
        return boundary.Length is > 0 and <= 70 && !boundary.AsSpan().ContainsAnyExceptInRange(' ', '~') ? boundary : null;
    }

    private static string Multipart(List<HarParam> parameters, string boundary)
    {
        var text = new StringBuilder();
        foreach (var parameter in parameters)
        {
            text.Append("--").Append(boundary).Append("\r\nContent-Disposition: form-data; name=\"").Append(Quoted(parameter.Name)).Append('"');
            if (parameter.FileName is { } file)
            {
                text.Append("; filename=\"").Append(Quoted(file)).Append('"');
            }

            if (parameter.ContentType is { Length: > 0 } type)
            {
                text.Append("\r\nContent-Type: ").Append(Quoted(type));
            }

            text.Append("\r\n\r\n").Append(parameter.Value).Append("\r\n");
        }

        return text.Append("--").Append(boundary).Append("--\r\n").ToString();
    }

    // As browsers write names (HTML, "multipart/form-data encoding algorithm").
    private static string Quoted(string text) =>
        text.Replace("\r", "%0D", StringComparison.Ordinal)
            .Replace("\n", "%0A", StringComparison.Ordinal)
            .Replace("\"", "%22", StringComparison.Ordinal);
}
