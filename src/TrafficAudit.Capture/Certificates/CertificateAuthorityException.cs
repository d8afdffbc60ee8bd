namespace TrafficAudit.Capture.Certificates;

/// <summary>The certificate authority can't be loaded or made. The message is one line that says what to do.</summary>
public sealed class CertificateAuthorityException : Exception
{
    /// <summary>An exception without a message.</summary>
    public CertificateAuthorityException()
    {
    }

    /// <summary>An exception whose message is one line for the user.</summary>
    public CertificateAuthorityException(string message)
        : base(message)
    {
    }

    /// <inheritdoc cref="CertificateAuthorityException(string)"/>
    public CertificateAuthorityException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
