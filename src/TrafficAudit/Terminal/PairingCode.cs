using QRCoder;

namespace TrafficAudit.Terminal;

/// <summary>The pairing link as a QR code (ISO/IEC 18004) in half-block characters, dark on light on any terminal.</summary>
internal static class PairingCode
{
    public static string Of(Uri link)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link.AbsoluteUri, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return code.GetGraphicSmall(invert: true);
    }
}
