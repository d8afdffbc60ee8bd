using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Har;

/// <summary>A message's header list as the file has it, for questions about it.</summary>
/// <param name="fields">The fields in their order.</param>
internal sealed class HarHeaders(IReadOnlyList<HeaderField> fields)
{
    /// <summary>The fields in their order.</summary>
    public IReadOnlyList<HeaderField> Fields => fields;

    /// <summary>The value of the first field of this name; null when there is none.</summary>
    public string? this[string name]
    {
        get
        {
            foreach (var field in fields)
            {
                if (field.Is(name))
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <summary>Whether the content type names another character set than UTF-8 or its subset ASCII.</summary>
    public bool HasForeignCharset => AsUtf8 is not null;

    /// <summary>The content type with <c>charset=utf-8</c> in place of another character set; null where nothing is to be replaced.</summary>
    public string? AsUtf8
    {
        get
        {
            var parts = (this["Content-Type"] ?? "").Split(';');
            var at = Array.FindIndex(parts, p => p.TrimStart().StartsWith("charset=", StringComparison.OrdinalIgnoreCase));
            if (at < 0 || parts[at].Trim()["charset=".Length..].Trim('"', ' ').ToLowerInvariant() is "utf-8" or "utf8" or "us-ascii" or "")
            {
                return null;
            }

            parts[at] = " charset=utf-8";
            return string.Join(';', parts);
        }
    }
}
