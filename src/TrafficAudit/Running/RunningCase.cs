using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Mime;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Exporting;
using TrafficAudit.Results;
using TrafficAudit.Review;
using TrafficAudit.Review.Api;

namespace TrafficAudit.Running;

/// <summary>
/// A case that another process of this program has open, and how to reach that process: its review address and token lie in a file in
/// the home folder that only its owner can read. One process owns a case's files, so commands beside it ask it.
/// </summary>
/// <param name="ProcessId">The process.</param>
/// <param name="Address">Its review address.</param>
/// <param name="Token">Its token.</param>
/// <param name="Key">SHA-256 of the key by which it is known under an https address (SubjectPublicKeyInfo, lower-case hex); null for http.</param>
internal sealed record RunningCase(int ProcessId, Uri Address, string Token, string? Key = null)
{
    private const string Announcements = "running";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Finds the process that has <paramref name="folder"/> open; null when none answers.</summary>
    public static async Task<RunningCase?> FindAsync(string home, CaseFolder folder, CancellationToken cancellation)
    {
        var file = FileOf(home, folder);
        return File.Exists(file) ? await FindAsync(file, cancellation) : null;
    }

    /// <summary>Finds every process of this installation that has a case open.</summary>
    public static async Task<List<RunningCase>> FindAllAsync(string home, CancellationToken cancellation)
    {
        var found = new List<RunningCase>();
        var folder = Path.Combine(home, Announcements);
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.json") : [])
        {
            if (await FindAsync(file, cancellation) is { } running)
            {
                found.Add(running);
            }
        }

        return found;
    }

    private static async Task<RunningCase?> FindAsync(string file, CancellationToken cancellation)
    {
        try
        {
            var running = JsonSerializer.Deserialize(await File.ReadAllBytesAsync(file, cancellation), RunningJson.Default.RunningCase);
            return running is { Token: not null, Address.IsAbsoluteUri: true } && running.Address.Scheme == (running.Key is null ? "http" : "https") && await running.AnswersAsync(cancellation) ? running : null;
        }
        catch (Exception e) when (e is HttpRequestException or JsonException or FormatException or FileNotFoundException
            || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            // A file that was left by a process that is gone; its port may be somebody else's by now.
            return null;
        }
    }

    /// <summary>Says where this process can be reached; disposing what it gives takes that back.</summary>
    public static IDisposable Announce(string home, CaseFolder folder, Uri address, string token, string? key = null)
    {
        var file = FileOf(home, folder);
        PrivateFolder.Create(Path.GetDirectoryName(file)!);
        var json = JsonSerializer.SerializeToUtf8Bytes(new RunningCase(Environment.ProcessId, address, token, key), RunningJson.Default.RunningCase);
        PrivateFolder.Write(file, json);
        return new Announcement(file);
    }

    /// <summary>Copies the results that the process renders.</summary>
    /// <exception cref="InputException">The process refused the request; the message is its.</exception>
    public Task WriteResultsAsync(ResultRequest request, Stream output, CancellationToken cancellation) =>
        WriteResultsAsync(request.Command, request.ToOptions(), output, cancellation);

    /// <summary>Copies the export that the process writes; it notes that in its journal.</summary>
    /// <exception cref="InputException">The process refused the request; the message is its.</exception>
    public Task WriteExportAsync(ExportRequest request, Stream output, CancellationToken cancellation) =>
        WriteResultsAsync(ExportRequest.Command, request.ToOptions(), output, cancellation);

    /// <exception cref="InputException">The process refused the phase; the message is its.</exception>
    public async Task SetPhaseAsync(string phase, string? device, CancellationToken cancellation)
    {
        using var client = Client();
        using var answer = await client.PostAsync("api/v1/phase", JsonContent.Create(new PhaseRequest(phase, device), RunningJson.Default.PhaseRequest), cancellation);
        await ThrowIfRefusedAsync(answer, cancellation);
    }

    /// <summary>Has the process seal the case, and gives what it says; null when it records nothing.</summary>
    /// <exception cref="InputException">The process refused; the message is its.</exception>
    public async Task<string?> SealAsync(Uri? authority, CancellationToken cancellation)
    {
        using var client = Client();
        using var answer = await client.PostAsync("api/v1/seal", JsonContent.Create(new SealRequest(authority?.ToString()), RunningJson.Default.SealRequest), cancellation);
        if (answer.StatusCode == HttpStatusCode.Conflict)
        {
            return null;
        }

        await ThrowIfRefusedAsync(answer, cancellation);
        return (await answer.Content.ReadAsStringAsync(cancellation)).TrimEnd();
    }

    /// <summary>Has the process decide, and gives what it says.</summary>
    /// <exception cref="InputException">The process refused; the message is its.</exception>
    public Task<string> DecideAsync(DecisionMessage message, CancellationToken cancellation) =>
        AskAsync("api/v1/decisions", message, RunningJson.Default.DecisionMessage, cancellation);

    /// <inheritdoc cref="DecideAsync"/>
    public Task<string> UndoAsync(string id, ByMessage message, CancellationToken cancellation) =>
        AskAsync($"api/v1/decisions/{Uri.EscapeDataString(id)}/undo", message, RunningJson.Default.ByMessage, cancellation);

    /// <inheritdoc cref="DecideAsync"/>
    public Task<string> RequireReviewersAsync(ReviewersMessage message, CancellationToken cancellation) =>
        AskAsync("api/v1/reviewers", message, RunningJson.Default.ReviewersMessage, cancellation);

    /// <summary>The paired phones; null when that process records nothing.</summary>
    public async Task<DeviceRow[]?> DevicesAsync(CancellationToken cancellation)
    {
        using var client = Client();
        var devices = new List<DeviceRow>();
        string? next = null;
        do
        {
            using var answer = await client.GetAsync($"api/v1/devices{(next is null ? "" : $"?cursor={next}")}", cancellation);
            if (answer.StatusCode == HttpStatusCode.Conflict)
            {
                return null;
            }

            await ThrowIfRefusedAsync(answer, cancellation);
            var page = await answer.Content.ReadFromJsonAsync(RunningJson.Default.ListReplyDeviceRow, cancellation);
            devices.AddRange(page!.Results);
            next = page.Next;
        }
        while (next is not null);

        return [.. devices];
    }

    /// <exception cref="InputException">The process refused; the message is its.</exception>
    public async Task RenameDeviceAsync(string id, string name, CancellationToken cancellation)
    {
        using var client = Client();
        var content = JsonContent.Create(new DeviceNameRequest(name), RunningJson.Default.DeviceNameRequest);
        using var answer = await client.PostAsync($"api/v1/devices/{Uri.EscapeDataString(id)}/name", content, cancellation);
        await ThrowIfRefusedAsync(answer, cancellation);
    }

    /// <exception cref="InputException">The process refused; the message is its.</exception>
    public async Task SetDeviceBlockedAsync(string id, bool isBlocked, CancellationToken cancellation)
    {
        using var client = Client();
        using var answer = await client.PostAsync($"api/v1/devices/{Uri.EscapeDataString(id)}/{(isBlocked ? "block" : "unblock")}", null, cancellation);
        await ThrowIfRefusedAsync(answer, cancellation);
    }

    private async Task WriteResultsAsync(string command, IReadOnlyDictionary<string, string> options, Stream output, CancellationToken cancellation)
    {
        using var client = Client();
        var query = string.Join('&', options.Select(o => $"{o.Key}={Uri.EscapeDataString(o.Value)}"));
        using var answer = await client.GetAsync($"api/v1/results/{command}?{query}", HttpCompletionOption.ResponseHeadersRead, cancellation);
        await ThrowIfRefusedAsync(answer, cancellation);
        await answer.Content.CopyToAsync(output, cancellation);
    }

    private async Task<string> AskAsync<T>(string path, T message, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var client = Client();
        using var answer = await client.PostAsync(path, JsonContent.Create(message, type), cancellation);
        await ThrowIfRefusedAsync(answer, cancellation);
        return (await answer.Content.ReadAsStringAsync(cancellation)).TrimEnd();
    }

    private static async Task ThrowIfRefusedAsync(HttpResponseMessage answer, CancellationToken cancellation)
    {
        if (answer.StatusCode != HttpStatusCode.OK && answer.StatusCode != HttpStatusCode.NoContent)
        {
            // What the server itself refuses, before the API is reached, has no body.
            var problem = answer.Content.Headers.ContentType?.MediaType == MediaTypeNames.Application.ProblemJson
                ? await answer.Content.ReadFromJsonAsync(RunningJson.Default.Problem, cancellation)
                : null;
            throw new InputException(problem?.Detail ?? $"The program that has the case open refused this ({(int)answer.StatusCode} {answer.ReasonPhrase})");
        }
    }

    private static string FileOf(string home, CaseFolder folder)
    {
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Path)))[..16];
        return Path.Combine(home, Announcements, $"{id}.json");
    }

    /// <summary>Whether it is this process that listens there.</summary>
    private async Task<bool> AnswersAsync(CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var client = Client();
        using var answer = await client.GetAsync("api/v1/status", patience.Token);
        return answer.IsSuccessStatusCode
            && await answer.Content.ReadFromJsonAsync(RunningJson.Default.ProcessStatus, patience.Token) is { } status && status.ProcessId == ProcessId;
    }

    /// <summary>What <see cref="Key"/> is for a certificate.</summary>
    public static string KeyDigestOf(X509Certificate2 certificate) => Convert.ToHexStringLower(SHA256.HashData(certificate.PublicKey.ExportSubjectPublicKeyInfo()));

    /// <summary>Nobody but the process that announced itself is spoken to: the system's authorities have no say here.</summary>
    private bool IsTheAnnounced(X509Certificate? shown) => shown is X509Certificate2 certificate && KeyDigestOf(certificate) == Key;

    private HttpClient Client() => new(new SocketsHttpHandler
    {
        UseProxy = false,
        SslOptions = { RemoteCertificateValidationCallback = (_, shown, _, _) => IsTheAnnounced(shown) },
    })
    {
        BaseAddress = Address,
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", Token) },
        Timeout = Timeout.InfiniteTimeSpan,
    };

    private sealed class Announcement(string file) : IDisposable
    {
        public void Dispose() => File.Delete(file);
    }
}

/// <summary>The body of a phase request.</summary>
internal sealed record PhaseRequest(string Name, string? Device);

/// <summary>The body of a request to seal.</summary>
internal sealed record SealRequest(string? TimestampAuthority);

/// <summary>The body of a request that renames a device.</summary>
internal sealed record DeviceNameRequest(string Name);

/// <summary>Of the status the part by which a process is told from another that has its port now.</summary>
internal sealed record ProcessStatus(int ProcessId);

/// <summary>The JSON between processes of this program.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RunningCase))]
[JsonSerializable(typeof(PhaseRequest))]
[JsonSerializable(typeof(SealRequest))]
[JsonSerializable(typeof(DeviceNameRequest))]
[JsonSerializable(typeof(DecisionMessage))]
[JsonSerializable(typeof(ByMessage))]
[JsonSerializable(typeof(ReviewersMessage))]
[JsonSerializable(typeof(ListReply<DeviceRow>))]
[JsonSerializable(typeof(Problem))]
[JsonSerializable(typeof(ProcessStatus))]
internal sealed partial class RunningJson : JsonSerializerContext;
