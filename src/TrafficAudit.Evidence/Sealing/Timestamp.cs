using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>What an authority has certified: that a signature was there at a time (RFC 3161).</summary>
/// <param name="Time">When, by the authority's clock, in UTC.</param>
/// <param name="Authority">The name in the certificate that signed the token; it may hold anything.</param>
/// <param name="Fingerprint">SHA-256 of that certificate, in lower-case hex.</param>
/// <param name="Distrust">Null when the certificate leads to a trusted root; else why not.</param>
public sealed record Timestamp(DateTimeOffset Time, string Authority, string Fingerprint, string? Distrust)
{
    private const string ForTimestamps = "1.3.6.1.5.5.7.3.8";

    /// <summary>Reads an authority's answer about <paramref name="signature"/>.</summary>
    /// <param name="response">The answer (TimeStampResp, DER).</param>
    /// <param name="signature">What must have been stamped.</param>
    /// <param name="roots">The certificates to trust; null for the system's.</param>
    /// <exception cref="TimestampException">It is none, refuses, stamps something else, or its signature is wrong.</exception>
    public static Timestamp Read(ReadOnlyMemory<byte> response, ReadOnlyMemory<byte> signature, X509Certificate2Collection? roots)
    {
        try
        {
            var token = TokenOf(response);
            if (!token.VerifySignatureForData(signature.Span, out var signer) || signer is null)
            {
                throw new TimestampException("it is the timestamp of something else, or its signature is wrong");
            }

            using (signer)
            {
                var info = token.TokenInfo;
                return new Timestamp(
                    info.Timestamp.ToUniversalTime(),
                    signer.Subject,
                    signer.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(),
                    DistrustOf(signer, token.AsSignedCms().Certificates, info.Timestamp, roots));
            }
        }
        catch (Exception e) when (e is CryptographicException or AsnContentException or ArgumentException or NotSupportedException)
        {
            throw new TimestampException("it is no answer of a timestamping authority (RFC 3161)", e);
        }
    }

    private static Rfc3161TimestampToken TokenOf(ReadOnlyMemory<byte> response)
    {
        var whole = new AsnReader(response, AsnEncodingRules.DER);
        var parts = whole.ReadSequence();
        whole.ThrowIfNotEmpty();
        var status = parts.ReadSequence().ReadInteger();
        if (status > 1)
        {
            throw new TimestampException($"the authority refused (status {status})");
        }

        var bytes = parts.ReadEncodedValue();
        parts.ThrowIfNotEmpty();
        return Rfc3161TimestampToken.TryDecode(bytes, out var token, out var length) && length == bytes.Length
            ? token
            : throw new TimestampException("it holds no token");
    }

    /// <summary>Nothing is fetched: a case is verified without a network.</summary>
    private static string? DistrustOf(X509Certificate2 signer, X509Certificate2Collection others, DateTimeOffset time, X509Certificate2Collection? roots)
    {
        using var chain = new X509Chain();
        var policy = chain.ChainPolicy;
        policy.RevocationMode = X509RevocationMode.NoCheck;
        policy.DisableCertificateDownloads = true;
        policy.VerificationTime = time.UtcDateTime;
        policy.VerificationTimeIgnored = false;
        policy.ApplicationPolicy.Add(new Oid(ForTimestamps));
        policy.ExtraStore.AddRange(others);
        if (roots is not null)
        {
            policy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            policy.CustomTrustStore.AddRange(roots);
        }

        var trusted = chain.Build(signer);
        return trusted ? null : string.Join(", ", chain.ChainStatus.Select(s => s.Status.ToString()).Distinct(StringComparer.Ordinal));
    }
}
