using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TrafficAudit.Testing.Har;

/// <summary>Writes HAR 1.2 files from invented exchanges; the same calls give the same bytes.</summary>
/// <param name="comment">What <c>log.comment</c> says.</param>
/// <param name="start">When the recording began, with the offset that the file shows.</param>
public sealed class HarBuilder(string comment, DateTimeOffset start)
{
    private static readonly JsonSerializerOptions Format = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly JsonArray _pages = [];
    private readonly JsonArray _entries = [];
    private DateTimeOffset _now = start;

    /// <summary>Begins a page: a stretch of the session, so long after the last entry.</summary>
    public HarBuilder Page(string title, TimeSpan after)
    {
        _now += after;
        _pages.Add(new JsonObject
        {
            ["startedDateTime"] = Text(_now),
            ["id"] = $"page_{_pages.Count + 1}",
            ["title"] = title,
            ["pageTimings"] = new JsonObject(),
        });
        return this;
    }

    /// <summary>Adds an exchange on the present page, a little after the last one.</summary>
    public HarBuilder Add(HarExchange exchange)
    {
        var wait = 35 + (_entries.Count * 13 % 90);
        _now += TimeSpan.FromMilliseconds(340 + (_entries.Count * 37 % 400));
        var entry = new JsonObject
        {
            ["pageref"] = $"page_{_pages.Count}",
            ["startedDateTime"] = Text(_now),
            ["time"] = wait + 6.25,
            ["request"] = Request(exchange),
            ["response"] = Response(exchange),
            ["cache"] = new JsonObject(),
            ["timings"] = new JsonObject { ["blocked"] = 1.5, ["dns"] = -1, ["connect"] = -1, ["ssl"] = -1, ["send"] = 0.25, ["wait"] = wait, ["receive"] = 4.5 },
        };
        if (exchange.Address is { } address)
        {
            entry["serverIPAddress"] = address;
        }

        if (exchange.Messages is { } messages)
        {
            entry["_resourceType"] = "websocket";
            entry["_webSocketMessages"] = new JsonArray([.. messages.Select((m, i) => new JsonObject
            {
                ["type"] = m.Sent ? "send" : "receive",
                ["time"] = (_now.ToUnixTimeMilliseconds() / 1000.0) + i,
                ["opcode"] = 1,
                ["data"] = m.Text,
            })]);
        }

        _entries.Add(entry);
        return this;
    }

    /// <summary>The file, UTF-8 with line feeds.</summary>
    public byte[] ToBytes()
    {
        var har = new JsonObject
        {
            ["log"] = new JsonObject
            {
                ["version"] = "1.2",
                ["creator"] = new JsonObject { ["name"] = "TrafficAudit test data", ["version"] = "1" },
                ["comment"] = comment,
                ["pages"] = _pages.DeepClone(),
                ["entries"] = _entries.DeepClone(),
            },
        };
        return Encoding.UTF8.GetBytes(har.ToJsonString(Format) + "\n");
    }

    private static string Text(DateTimeOffset time) => time.ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz");

    private static JsonObject Request(HarExchange exchange)
    {
        var type = exchange.RequestBody?.Type ?? exchange.RequestBytes?.Type;
        var request = new JsonObject
        {
            ["method"] = exchange.Method,
            ["url"] = exchange.Url,
            ["httpVersion"] = "h2",
            ["cookies"] = new JsonArray(),
            ["headers"] = Fields([(":authority", new Uri(exchange.Url).Authority), .. exchange.RequestFields], type),
            ["queryString"] = new JsonArray(),
            ["headersSize"] = -1,
            ["bodySize"] = exchange.RequestBytes?.Bytes.Length ?? Encoding.UTF8.GetByteCount(exchange.RequestBody?.Text ?? ""),
        };
        if (exchange.RequestBody is { } body)
        {
            request["postData"] = new JsonObject { ["mimeType"] = body.Type, ["text"] = body.Text };
        }
        else if (exchange.RequestBytes is { } binary)
        {
            request["_content"] = new JsonObject
            {
                ["text"] = Convert.ToBase64String(binary.Bytes), ["size"] = binary.Bytes.Length, ["encoding"] = "base64",
            };
        }

        return request;
    }

    private static JsonObject Response(HarExchange exchange)
    {
        var type = exchange.ResponseBody?.Type ?? exchange.ResponseBytes?.Type ?? "";
        var content = new JsonObject
        {
            ["size"] = exchange.ResponseBytes?.Bytes.Length ?? Encoding.UTF8.GetByteCount(exchange.ResponseBody?.Text ?? ""),
            ["mimeType"] = type,
        };
        if (exchange.ResponseBody is { } body)
        {
            content["text"] = body.Text;
        }
        else if (exchange.ResponseBytes is { } binary)
        {
            content["text"] = Convert.ToBase64String(binary.Bytes);
            content["encoding"] = "base64";
        }

        var response = new JsonObject
        {
            ["status"] = exchange.Status,
            ["statusText"] = "",
            ["httpVersion"] = exchange.Status == 0 ? "" : "h2",
            ["cookies"] = new JsonArray(),
            ["headers"] = Fields(exchange.ResponseFields, type.Length == 0 ? null : type),
            ["content"] = content,
            ["redirectURL"] = "",
            ["headersSize"] = -1,
            ["bodySize"] = -1,
        };
        if (exchange.Error is { } error)
        {
            response["_error"] = error;
        }

        return response;
    }

    private static JsonArray Fields(IEnumerable<(string Name, string Value)> fields, string? type)
    {
        var all = type is null ? fields : fields.Append((Name: "content-type", Value: type));
        return new JsonArray([.. all.Select(f => new JsonObject { ["name"] = f.Name, ["value"] = f.Value })]);
    }
}
