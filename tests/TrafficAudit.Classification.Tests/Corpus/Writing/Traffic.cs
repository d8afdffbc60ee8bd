using System.Text;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Writes one HTTP message and notes where its values lie.</summary>
internal sealed class Traffic
{
    private readonly MessageKind _kind;
    private readonly string _method;
    private readonly string _host;
    private readonly List<byte> _target = [];
    private readonly List<byte> _fields = [];
    private readonly List<byte> _cookies = [];
    private readonly List<Label> _labels = [];
    private byte[] _body = [];
    private int _segments;
    private bool _hasQuery;

    private Traffic(MessageKind kind, string method, string host, string path)
    {
        (_kind, _method, _host) = (kind, method, host);
        _target.AddRange(Encoding.ASCII.GetBytes(path));
        _segments = path.Count(c => c == '/');
    }

    /// <summary>A request; <paramref name="path"/> without a slash at the end.</summary>
    /// <param name="method">The method.</param>
    /// <param name="host">The host.</param>
    /// <param name="path">The path.</param>
    /// <param name="userAgent">What calls itself the client; null for a library, whose name says nothing of person or phone.</param>
    public static Traffic Request(string method, string host, string path, Value? userAgent = null) =>
        new Traffic(MessageKind.Request, method, host, path).Header("Host", host).Header("User-Agent", userAgent ?? "okhttp/4.12.0").Header("Accept-Encoding", "gzip");

    public static Traffic Get(string host, string path, Value? userAgent = null) => Request("GET", host, path, userAgent);

    public static Traffic Post(string host, string path, Value? userAgent = null) => Request("POST", host, path, userAgent);

    /// <summary>The answer to a request that holds nothing.</summary>
    public static Traffic Response(string host, string path) => new(MessageKind.Response, "GET", host, path);

    /// <summary>One more segment of the path.</summary>
    public Traffic Segment(Value value)
    {
        Note(MessagePart.Path, value, $"[{_segments++}]");
        _target.Add((byte)'/');
        _target.AddRange(Escaped(value));
        return this;
    }

    /// <summary>A pair of the query.</summary>
    public Traffic Query(string key, Value value)
    {
        Note(MessagePart.Query, value, Placed.Step(key));
        _target.AddRange([(byte)(_hasQuery ? '&' : '?'), .. Escaped(key), (byte)'=', .. Escaped(value)]);
        _hasQuery = true;
        return this;
    }

    public Traffic Query(Template pairs) => Tree.Pairs(pairs).Children.Aggregate(this, (traffic, pair) => traffic.Query(pair.Key!, pair.Value!));

    public Traffic Header(string name, Value value)
    {
        Note(MessagePart.Header, value, Placed.Step(name));
        _fields.AddRange([.. Encoding.ASCII.GetBytes(name), (byte)':', (byte)' ', .. value.Bytes, (byte)'\r', (byte)'\n']);
        return this;
    }

    /// <summary>A cookie, sent or set, its value percent-encoded.</summary>
    public Traffic Cookie(string name, Value value)
    {
        Note(MessagePart.Cookie, value, Placed.Step(name));
        byte[] pair = [.. Encoding.ASCII.GetBytes(name), (byte)'=', .. Escaped(value)];
        if (_kind == MessageKind.Response)
        {
            _fields.AddRange([.. "Set-Cookie: "u8, .. pair, .. "; Path=/; Secure; HttpOnly\r\n"u8]);
        }
        else
        {
            _cookies.AddRange([.. _cookies.Count == 0 ? ""u8 : "; "u8, .. pair]);
        }

        return this;
    }

    public Traffic Body(string? type, Value value)
    {
        Note(MessagePart.Body, value, "");
        _body = value.Bytes;
        return type is null ? this : Header("Content-Type", type);
    }

    /// <summary>A body in a content coding.</summary>
    public Traffic Body(string? type, Value value, string coding, Func<byte[], byte[]> pack) => Header("Content-Encoding", coding).Body(type, value.With(pack(value.Bytes)));

    public Traffic Json(Template template) => Json(Tree.Json(template));

    public Traffic Json(Tree tree) => Body("application/json; charset=utf-8", tree.ToJson());

    public Traffic Form(Template pairs) => Body("application/x-www-form-urlencoded", Tree.Pairs(pairs).ToForm());

    /// <summary>The message with its labels.</summary>
    public LabelledMessage Build(string kind)
    {
        var start = _kind == MessageKind.Request ? [.. Encoding.ASCII.GetBytes(_method + " "), .. _target, .. " HTTP/1.1\r\n"u8] : "HTTP/1.1 200 OK\r\n"u8.ToArray();
        byte[] cookies = _cookies.Count == 0 ? [] : [.. "Cookie: "u8, .. _cookies, .. "\r\n"u8];
        var message = new Message(new ReadOnlyMemory<byte>([.. start, .. _fields, .. cookies, .. "\r\n"u8]), new MemoryBody(_body));
        var flow = Some.Flow(host: _host);
        var path = Encoding.ASCII.GetString([.. _target]);
        var asked = Some.Message($"GET {path} HTTP/1.1\nHost: {_host}");
        flow = _kind == MessageKind.Request ? flow with { Request = message, Response = null } : flow with { Request = asked, Response = message };
        return new LabelledMessage(kind, flow, [.. _labels]);
    }

    // RFC 3986, 2.1; a space as %20.
    private static byte[] Escaped(Value value) => value.Content is byte[] bytes
        ? [.. bytes.SelectMany(b => char.IsAsciiLetterOrDigit((char)b) ? [b] : Encoding.ASCII.GetBytes($"%{b:X2}"))]
        : Encoding.ASCII.GetBytes(Uri.EscapeDataString(value.Text));

    private void Note(MessagePart part, Value value, string path) =>
        _labels.AddRange(value.Places.Select(placed => placed.Under(path)).Select(placed => new Label(placed.Mark, new Place(_kind, part, placed.Path))));
}
