using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Geolocation.Updates;

/// <summary>Fetches files of bounded size in bounded time, through the proxy that <c>HTTPS_PROXY</c> names.</summary>
internal sealed class DatabaseFetcher(HttpClient client, UpdateLimits limits, TimeProvider time)
{
    private const int LongestChecksum = 4096;
    private const string Otherwise = "or fetch the file elsewhere and give it with 'geo update --from FILE'";

    /// <summary>Fetches one into <paramref name="target"/>, and checks it against its maker's checksum.</summary>
    /// <exception cref="GeoUpdateException">It can't be had, or is not what its maker says.</exception>
    public async Task FetchAsync(DatabaseDownload download, Stream target, CancellationToken cancellation)
    {
        var host = download.Addresses[0].Host;
        using var patience = new CancellationTokenSource(limits.Time, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            await FetchAnyAsync(download, target, ending.Token);
            if (download.Checksum is { } checksum)
            {
                await CheckAsync(download, checksum, target, ending.Token);
            }
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new GeoUpdateException($"{host} did not give {download.Name} within {limits.Time.TotalMinutes:0.#} minutes: try again, {Otherwise}", e);
        }
        catch (Exception e) when (e is HttpRequestException { StatusCode: null } or HttpIOException or IOException { InnerException: SocketException })
        {
            throw new GeoUpdateException($"{host} can't be reached ({Reason(e)}): check the network and HTTPS_PROXY, {Otherwise}", e);
        }
    }

    private async Task FetchAnyAsync(DatabaseDownload download, Stream target, CancellationToken cancellation)
    {
        foreach (var address in download.Addresses)
        {
            using var answer = await GetAsync(download, address, cancellation);
            if (answer.StatusCode != HttpStatusCode.NotFound)
            {
                ThrowUnlessDone(answer, download);
                await using var body = new LimitedStream(await answer.Content.ReadAsStreamAsync(cancellation), limits.Packed);
                await body.CopyToAsync(target, cancellation);
                return;
            }
        }

        throw new GeoUpdateException($"{download.Addresses[0].Host} has no {download.Addresses[^1].AbsolutePath} (404): see its site for how files are named now, {Otherwise}");
    }

    private async Task CheckAsync(DatabaseDownload download, Uri checksum, Stream file, CancellationToken cancellation)
    {
        using var answer = await GetAsync(download, checksum, cancellation);
        ThrowUnlessDone(answer, download);
        await using var body = new LimitedStream(await answer.Content.ReadAsStreamAsync(cancellation), LongestChecksum);
        using var text = new StreamReader(body, Encoding.UTF8);
        var named = (await text.ReadToEndAsync(cancellation)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).FirstOrDefault();

        file.Position = 0;
        var own = Convert.ToHexStringLower(await SHA256.HashDataAsync(file, cancellation));
        if (!own.Equals(named, StringComparison.OrdinalIgnoreCase))
        {
            throw new GeoUpdateException($"{download.Name} does not have the SHA-256 that {checksum.Host} names for it: nothing was replaced; try again");
        }
    }

    private Task<HttpResponseMessage> GetAsync(DatabaseDownload download, Uri address, CancellationToken cancellation)
    {
        // Some servers refuse who does not name itself.
        var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.UserAgent.ParseAdd("TrafficAudit");
        request.Headers.Authorization = download.Authorization;
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
    }

    private static void ThrowUnlessDone(HttpResponseMessage answer, DatabaseDownload download)
    {
        if (answer.StatusCode == HttpStatusCode.OK)
        {
            return;
        }

        var host = download.Addresses[0].Host;
        throw new GeoUpdateException(answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden && download.Authorization is not null
            ? $"{host} refuses the account or its licence key ({(int)answer.StatusCode}): check --account-id and the first line of --licence-key-file"
            : $"{host} answered {(int)answer.StatusCode} for {download.Name}: try again later, {Otherwise}");
    }

    private static string Reason(Exception e) => e switch
    {
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "its name can't be resolved",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "its certificate is not accepted",
        HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } => "the proxy refuses",
        IOException => "the connection broke",
        _ => "no connection",
    };
}
