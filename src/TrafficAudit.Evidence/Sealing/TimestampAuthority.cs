using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>A timestamping authority that is asked over HTTP (RFC 3161, section 3.4).</summary>
/// <param name="address">Its address.</param>
public sealed class TimestampAuthority(Uri address)
{
    private const int LongestAnswer = 1024 * 1024;
    private const int NonceLength = 16;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Its address.</summary>
    public Uri Address => address;

    /// <summary>Asks for a timestamp.</summary>
    /// <param name="request">The request (TimeStampReq, DER).</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <returns>The answer (TimeStampResp, DER).</returns>
    /// <exception cref="TimestampException">It can't be reached, or its answer is not to this request.</exception>
    internal async Task<byte[]> StampAsync(ReadOnlyMemory<byte> request, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { MaxResponseContentBufferSize = LongestAnswer, Timeout = Patience };
        using var content = new ReadOnlyMemoryContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/timestamp-query");
        try
        {
            using var answer = await client.PostAsync(address, content, cancellation);
            if (answer.StatusCode != HttpStatusCode.OK)
            {
                throw new TimestampException($"{address} answered {(int)answer.StatusCode}");
            }

            var response = await answer.Content.ReadAsByteArrayAsync(cancellation);
            Match(request, response);
            return response;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            throw new TimestampException($"{address} can't be reached ({e.Message})", e);
        }
    }

    /// <summary>A request for a timestamp of <paramref name="signature"/>, with a nonce and the wish for the authority's certificate.</summary>
    internal static byte[] RequestFor(ReadOnlySpan<byte> signature)
    {
        var nonce = RandomNumberGenerator.GetBytes(NonceLength);
        return Rfc3161TimestampRequest.CreateFromData(signature, HashAlgorithmName.SHA256, requestedPolicyId: null, nonce, requestSignerCertificates: true).Encode();
    }

    /// <exception cref="TimestampException">The answer is to another request.</exception>
    internal static void Match(ReadOnlyMemory<byte> request, ReadOnlyMemory<byte> response)
    {
        try
        {
            if (!Rfc3161TimestampRequest.TryDecode(request, out var decoded, out _))
            {
                throw new TimestampException("the request is none");
            }

            decoded.ProcessResponse(response, out _);
        }
        catch (CryptographicException e)
        {
            throw new TimestampException($"the answer is not one to this request ({e.Message})", e);
        }
    }
}
