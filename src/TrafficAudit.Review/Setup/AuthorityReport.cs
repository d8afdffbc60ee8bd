namespace TrafficAudit.Review.Setup;

/// <summary>The certificate authority that phones under test trust; never its key.</summary>
/// <param name="Subject">Its name.</param>
/// <param name="NotBefore">From when on it is valid.</param>
/// <param name="NotAfter">Until when.</param>
/// <param name="Sha256">SHA-256 of the certificate.</param>
/// <param name="Pem">The certificate as PEM.</param>
/// <param name="Der">The certificate as DER.</param>
public sealed record AuthorityReport(string Subject, DateTimeOffset NotBefore, DateTimeOffset NotAfter, string Sha256, string Pem, ReadOnlyMemory<byte> Der);
