using System.Net.Security;
using System.Security.Authentication;

namespace TrafficAudit.Capture.Handshakes;

/// <summary>The names that RFCs and the IANA registry give to what .NET counts.</summary>
internal static class TlsNames
{
    public static string Version(SslProtocols protocol) => protocol switch
    {
        SslProtocols.Tls13 => "TLSv1.3",
        SslProtocols.Tls12 => "TLSv1.2",
        _ => protocol.ToString(),
    };

    /// <summary>.NET names its members as IANA does; an unknown one is shown by its number.</summary>
    public static string CipherSuite(TlsCipherSuite suite) =>
        Enum.IsDefined(suite) ? suite.ToString() : $"0x{(int)suite:X4}";
}
