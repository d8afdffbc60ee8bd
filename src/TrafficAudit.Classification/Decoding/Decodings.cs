namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// The closed list of names in <see cref="Field.Decodings"/>: the steps undone on the way to a field, outermost first.
/// </summary>
/// <remarks>
/// Rules. A step is named when it changed what the bytes mean: splitting a target, a header or a cookie by HTTP's own syntax is
/// no step, so a query field has none unless it was percent-encoded; a form body is one (<c>form</c>), and so is a query string or a
/// URL that merely was found inside a value (<c>form</c>, <c>url</c>). <c>percent</c> stands once for each layer undone, in key or value.
/// A character encoding is a step unless it is UTF-8. Examples: query <c>udff%5Bem%5D=…</c> has percent; a leaf of JSON in a gzip
/// body has gzip, json; of JSON in a base64 query value base64, json; of a token's payload jwt, json.
/// Where a text is decoded further, its field keeps the text and holds a nameless field (no key) with what it decoded to, so the
/// path goes on as if the inner document stood there; byte layers (base64 of gzip of JSON) make one field, not one each.
/// </remarks>
public static class Decodings
{
    /// <summary>gzip (RFC 1952), labelled or recognised.</summary>
    public const string Gzip = "gzip";

    /// <summary>zlib (RFC 1950), or raw deflate (RFC 1951) under the label <c>deflate</c>.</summary>
    public const string Deflate = "deflate";

    /// <summary>Brotli (RFC 7932), labelled; it has no mark, so without a label only where all of it comes out as text.</summary>
    public const string Brotli = "br";

    /// <summary>Zstandard (RFC 8878), labelled or recognised.</summary>
    public const string Zstandard = "zstd";

    /// <summary>Percent-encoding (RFC 3986, 2.1), with <c>+</c> for a space in queries and forms.</summary>
    public const string Percent = "percent";

    /// <summary>application/x-www-form-urlencoded, or a query string inside a value.</summary>
    public const string Form = "form";

    /// <summary>A URL inside a value, whose query was taken apart.</summary>
    public const string Url = "url";

    /// <summary>JSON (RFC 8259), JSON lines, and JSON's escapes in a text.</summary>
    public const string Json = "json";

    /// <summary>base64 (RFC 4648, 4), with any padding.</summary>
    public const string Base64 = "base64";

    /// <summary>base64url (RFC 4648, 5), with any padding.</summary>
    public const string Base64Url = "base64url";

    /// <summary>Hexadecimal digits of text or of a compressed blob.</summary>
    public const string Hex = "hex";

    /// <summary>multipart/* (RFC 2046, RFC 7578).</summary>
    public const string Multipart = "multipart";

    /// <summary>quoted-printable (RFC 2045, 6.7), in a multipart's part.</summary>
    public const string QuotedPrintable = "quoted_printable";

    /// <summary>A compact JSON web token (RFC 7519), signed or encrypted.</summary>
    public const string Jwt = "jwt";

    /// <summary>UTF-16 in either order.</summary>
    public const string Utf16 = "utf-16";

    /// <summary>EUC-KR and its superset CP949 (also labelled ks_c_5601).</summary>
    public const string EucKr = "euc-kr";

    /// <summary>GBK and GB18030 (also labelled gb2312).</summary>
    public const string Gbk = "gbk";

    /// <summary>Shift JIS.</summary>
    public const string ShiftJis = "shift_jis";

    /// <summary>Big5.</summary>
    public const string Big5 = "big5";

    /// <summary>Latin-1 and Windows-1252.</summary>
    public const string Latin1 = "iso-8859-1";

    /// <summary>Protocol Buffers without their schema (Protocol Buffers, "Encoding"); keys are field numbers.</summary>
    public const string Protobuf = "protobuf";

    /// <summary>Frames of gRPC ("gRPC over HTTP2"), gRPC-Web ("PROTOCOL-WEB") or Connect ("Multi-Protocol"), compressed or not.</summary>
    public const string Grpc = "grpc";

    /// <summary>MessagePack (msgpack.org, "MessagePack specification").</summary>
    public const string MessagePack = "msgpack";

    /// <summary>CBOR (RFC 8949).</summary>
    public const string Cbor = "cbor";

    /// <summary>Apple's binary property list (CFBinaryPList.c), recognised.</summary>
    public const string PropertyList = "bplist";

    /// <summary>XML 1.0, without its document type.</summary>
    public const string Xml = "xml";

    /// <summary>Character references of HTML (WHATWG HTML, 13.5).</summary>
    public const string HtmlEntities = "html_entities";

    /// <summary>Arguments written into a GraphQL document (GraphQL specification, October 2021).</summary>
    public const string GraphQl = "graphql";

    /// <summary>base32 (RFC 4648, 6), with or without padding.</summary>
    public const string Base32 = "base32";

    /// <summary>LZ4 frames (LZ4 Frame Format Description), and single blocks behind their length, recognised.</summary>
    public const string Lz4 = "lz4";

    /// <summary>lz-string 1.5 in base64, for URLs or in UTF-16.</summary>
    public const string LzString = "lz_string";

    /// <summary>A ZIP archive (APPNOTE.TXT), recognised; keys are the names of its files.</summary>
    public const string Zip = "zip";

    /// <summary>Packets of MQTT 3.1, 3.1.1 and 5.0 in a message of a WebSocket.</summary>
    public const string Mqtt = "mqtt";

    /// <summary>A packet of Engine.IO or Socket.IO (socket.io, protocol 4 and 5).</summary>
    public const string SocketIo = "socket.io";

    /// <summary>Values joined by <c>||</c>, pairs joined by commas, or texts by the record separator (RFC 7464).</summary>
    public const string Record = "record";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Gzip, Deflate, Brotli, Zstandard, Percent, Form, Url, Json, Base64, Base64Url, Hex, Multipart, QuotedPrintable, Jwt,
        Utf16, EucKr, Gbk, ShiftJis, Big5, Latin1, Protobuf, Grpc, MessagePack, Cbor, PropertyList,
        Xml, HtmlEntities, GraphQl, Base32, Lz4, LzString, Zip, Mqtt, SocketIo, Record,
    ];
}
