namespace TrafficAudit.Classification.Decoding;

/// <summary>What a media type says about how to read a body.</summary>
internal enum BodyForm
{
    /// <summary>Nothing: the bytes decide.</summary>
    Unknown,

    /// <summary>JSON, or JSON lines.</summary>
    Json,

    /// <summary>A form.</summary>
    Form,

    /// <summary>A multipart body.</summary>
    Multipart,

    /// <summary>Text.</summary>
    Text,

    /// <summary>HTML: text that is searched whole.</summary>
    Markup,

    /// <summary>XML.</summary>
    Xml,

    /// <summary>Script, where false findings come from: not read, unless it is JSON after all.</summary>
    Script,

    /// <summary>One protobuf message.</summary>
    Protobuf,

    /// <summary>Messages in gRPC's frames.</summary>
    Grpc,

    /// <summary>gRPC's frames in base64.</summary>
    GrpcText,

    /// <summary>MessagePack.</summary>
    MessagePack,

    /// <summary>CBOR.</summary>
    Cbor,

    /// <summary>Images, sound, fonts, style sheets, programs: not read, and not decompressed either.</summary>
    Media,
}

/// <summary>A Content-Type field (RFC 9110, 8.3).</summary>
/// <param name="Form">How to read the body.</param>
/// <param name="Charset">The charset parameter.</param>
/// <param name="Boundary">The boundary parameter.</param>
internal readonly record struct ContentType(BodyForm Form, string? Charset, string? Boundary)
{
    /// <summary>No type.</summary>
    public static ContentType None => default;

    /// <summary>Reads a field value; what can't be read is left out.</summary>
    public static ContentType Parse(string? value)
    {
        if (string.IsNullOrEmpty(value))
        {
            return None;
        }

        var text = value.AsSpan();
        var end = text.IndexOf(';');
        return end < 0
            ? new ContentType(FormOf(text.Trim()), null, null)
            : new ContentType(FormOf(text[..end].Trim()), Parameter(text[end..], "charset"), Parameter(text[end..], "boundary"));
    }

    /// <summary>The value of a parameter (<c>; name=value</c> or <c>; name="value"</c>, RFC 9110, 5.6.6); null when there is none.</summary>
    public static string? Parameter(ReadOnlySpan<char> text, string name)
    {
        while (!text.IsEmpty)
        {
            var start = text.IndexOf(';');
            if (start < 0)
            {
                return null;
            }

            text = text[(start + 1)..].TrimStart();
            if (!text.StartsWith(name, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            var rest = text[name.Length..].TrimStart();
            if (rest.StartsWith('='))
            {
                return ValueOf(rest[1..].TrimStart());
            }
        }

        return null;
    }

    private static string ValueOf(ReadOnlySpan<char> text)
    {
        if (text.StartsWith('"'))
        {
            var close = text[1..].IndexOf('"');
            return (close < 0 ? text[1..] : text.Slice(1, close)).ToString();
        }

        var end = text.IndexOf(';');
        return (end < 0 ? text : text[..end]).TrimEnd().ToString();
    }

    private static BodyForm FormOf(ReadOnlySpan<char> type)
    {
        if (Starts(type, "application/grpc") || Starts(type, "application/connect+"))
        {
            return Has(type, "-text") ? BodyForm.GrpcText : BodyForm.Grpc;
        }

        if (Has(type, "json"))
        {
            return BodyForm.Json;
        }

        if (type.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return BodyForm.Form;
        }

        if (Starts(type, "multipart/"))
        {
            return BodyForm.Multipart;
        }

        if (Starts(type, "image/") || Starts(type, "audio/") || Starts(type, "video/") || Starts(type, "font/") || IsAsset(type))
        {
            return BodyForm.Media;
        }

        if (Has(type, "javascript") || Has(type, "ecmascript"))
        {
            return BodyForm.Script;
        }

        return Has(type, "html") ? BodyForm.Markup
            : Has(type, "xml") ? BodyForm.Xml
            : Starts(type, "text/") ? BodyForm.Text
            : BinaryOf(type);
    }

    private static BodyForm BinaryOf(ReadOnlySpan<char> type) =>
        Has(type, "protobuf") || Has(type, "x-proto") ? BodyForm.Protobuf
        : Has(type, "msgpack") || Has(type, "messagepack") ? BodyForm.MessagePack
        : Has(type, "cbor") ? BodyForm.Cbor
        : BodyForm.Unknown;

    private static bool IsAsset(ReadOnlySpan<char> type) =>
        Has(type, "font") || Has(type, "wasm") || type.Equals("text/css", StringComparison.OrdinalIgnoreCase)
        || type.Equals("application/pdf", StringComparison.OrdinalIgnoreCase) || type.Equals("application/vnd.android.package-archive", StringComparison.OrdinalIgnoreCase);

    private static bool Has(ReadOnlySpan<char> type, string word) => type.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static bool Starts(ReadOnlySpan<char> type, string word) => type.StartsWith(word, StringComparison.OrdinalIgnoreCase);
}
