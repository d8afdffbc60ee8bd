using System.Text;
using TrafficAudit.Evidence.Har;
using TrafficAudit.Evidence.Imports;
using TrafficAudit.Evidence.Tests.Imports;
using TrafficAudit.Model;

namespace TrafficAudit.Evidence.Tests.Har;

/// <summary>HAR text for tests, and what the importer makes of it.</summary>
internal static class HarText
{
    public const string Get = """ "method":"GET","url":"https://shop.example/items?id=1","httpVersion":"HTTP/1.1","headers":[] """;
    public const string Ok = """ "status":200,"statusText":"OK","httpVersion":"HTTP/1.1","headers":[],"content":{"size":2,"text":"ok"} """;

    /// <summary>An entry; members in <paramref name="more"/> come last and so override the usual ones.</summary>
    public static string Entry(string request = Get, string response = Ok, string more = "") => $$"""
        {
          "startedDateTime":"2026-01-02T03:04:05.678Z","time":120.5,"serverIPAddress":"192.0.2.10",
          "request":{{{request}}},"response":{{{response}}},
          "timings":{"blocked":1,"dns":2,"connect":-1,"ssl":-1,"send":0.25,"wait":80,"receive":3}{{(more.Length > 0 ? "," : "")}}{{more}}
        }
        """;

    public static string Post(string postData, string headers = "", string more = "") => $$"""
        "method":"POST","url":"https://shop.example/submit","httpVersion":"HTTP/1.1","headers":[{{headers}}],"postData":{{postData}}{{more}}
        """;

    public static string File(params IEnumerable<string> entries) =>
        $$$"""{"log":{"version":"1.2","creator":{"name":"test","version":"1"},"entries":[{{{string.Join(",\n", entries)}}}]}}""";

    public static string Header(string name, string value) => $$"""{"name":"{{name}}","value":"{{value}}"}""";

    public static Task<(ImportResult Result, List<FlowRecord> Flows)> ImportAsync(string json, int maxEntryBytes = HarFormat.MaxEntryBytes) =>
        ImportAsync(Encoding.UTF8.GetBytes(json), maxEntryBytes);

    public static Task<(ImportResult Result, List<FlowRecord> Flows)> ImportAsync(byte[] json, int maxEntryBytes = HarFormat.MaxEntryBytes) =>
        ImportAsync(new MemoryStream(json), maxEntryBytes);

    public static async Task<(ImportResult Result, List<FlowRecord> Flows)> ImportAsync(Stream json, int maxEntryBytes = HarFormat.MaxEntryBytes)
    {
        var sink = new FlowList();
        var result = await new HarFormat(maxEntryBytes).ImportAsync(json, "a.har", sink);
        Assert.Equal(sink.Count, result.Imported);
        return (result, sink.Flows);
    }

    /// <summary>The flow of a file with this one entry, which must be usable and complete the file.</summary>
    public static async Task<FlowRecord> FlowAsync(string entry)
    {
        var (result, flows) = await ImportAsync(File(entry));
        Assert.Equal([], result.Skipped);
        Assert.Null(result.Fault);
        return Assert.Single(flows);
    }

    /// <summary>Why the one entry of a file is skipped.</summary>
    public static async Task<string> SkipReasonAsync(string entry)
    {
        var (result, flows) = await ImportAsync(File(entry));
        Assert.Empty(flows);
        Assert.Equal(1, result.SkippedCount);
        var remark = Assert.Single(result.Skipped);
        Assert.Equal("entries[0]", remark.Place);
        return remark.Text;
    }

    public static string Head(this Message? message) => Encoding.UTF8.GetString(message!.Head.Span);

    public static string BodyText(this Message? message) => Encoding.UTF8.GetString(message!.Body.ToMemory().Span);
}
