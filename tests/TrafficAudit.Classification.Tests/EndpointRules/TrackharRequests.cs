using System.Diagnostics;
using System.Text;
using System.Text.Json;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.EndpointRules;

/// <summary>Requests to every endpoint of TrackHAR, and what the library itself, run by Node.js, finds in them.</summary>
public sealed class TrackharRequests : IAsyncLifetime
{
    private const string Package = "trackhar@1.0.0";
    private const string Script = "trackhar-requests.mjs";
    private readonly TemporaryFolder _folder = new();

    internal IReadOnlyList<TrackharRequest> All { get; private set; } = [];

    /// <summary>The same requests with <c>unknown</c> for every value.</summary>
    internal IReadOnlyList<TrackharRequest> Unknown { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var script = Path.Combine(_folder.Path, Script);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "EndpointRules", Script), script);
        await RunAsync("npm", "install", "--prefix", _folder.Path, "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel", "error", Package);
        All = await MakeAsync(script);
        Unknown = await MakeAsync(script, "unknown");
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<List<TrackharRequest>> MakeAsync(string script, params string[] placeholder)
    {
        var output = Path.Combine(_folder.Path, "requests.json");
        await RunAsync("node", [script, output, .. placeholder]);
        await using var json = File.OpenRead(output);
        return await JsonSerializer.DeserializeAsync<List<TrackharRequest>>(json, JsonSerializerOptions.Web) ?? [];
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{program}: {error} {await output}");
    }
}

/// <summary>One of them. <paramref name="Body"/> is in base64.</summary>
internal sealed record TrackharRequest(
    string Adapter, string Method, Uri Url, List<TrackharPair> Headers, List<TrackharPair> Cookies, string Body, List<TrackharFind> Finds)
{
    /// <summary>The part in which a find lies; what one adapter decodes out of the query and calls the body lies in the query.</summary>
    public MessagePart PartOf(TrackharFind find) =>
        find.Context == "body" && Body.Length == 0 ? MessagePart.Query : Enum.Parse<MessagePart>(find.Context, ignoreCase: true);

    /// <summary>The request as a flow to its host, or another.</summary>
    public FlowRecord ToFlow(string? host = null)
    {
        var head = new StringBuilder($"{Method} {Url.PathAndQuery} HTTP/1.1\r\nHost: {host ?? Url.Host}\r\n");
        foreach (var field in Headers)
        {
            head.Append(field.Name).Append(": ").Append(field.Value).Append("\r\n");
        }

        if (Cookies.Count > 0)
        {
            head.Append("Cookie: ").AppendJoin("; ", Cookies.Select(cookie => $"{cookie.Name}={cookie.Value}")).Append("\r\n");
        }

        var flow = Some.Flow();
        return flow with
        {
            Metadata = flow.Metadata with { Host = host ?? Url.Host },
            Request = new Message(Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), new MemoryBody(Convert.FromBase64String(Body))),
            Response = null,
        };
    }
}

/// <summary>A header field or cookie.</summary>
internal sealed record TrackharPair(string Name, string Value);

/// <summary>What TrackHAR found; <paramref name="Values"/> are the leaves of the value.</summary>
internal sealed record TrackharFind(string Adapter, string Property, string Context, string Path, List<string> Values);
