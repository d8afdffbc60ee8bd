using QRCoder;

namespace TrafficAudit.Terminal;

/// <summary>
/// The pairing link as a QR code (ISO/IEC 18004) in half-block characters, black on white whatever the terminal's colours are: not every phone
/// reads an inverted code.
/// </summary>
internal static class PairingCode
{
    private const string BlackOnWhite = "\u001b[30;107m";
    private const string Reset = "\u001b[0m";

    /// <summary>The code as an SVG image, black on white.</summary>
    public static string SvgOf(Uri link)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link.AbsoluteUri, QRCodeGenerator.ECCLevel.L);
        using var code = new SvgQRCode(data);
        return code.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute);
    }

    public static string Of(Uri link)
    {
        using var generator = new QRCodeGenerator();
        using var data = generator.CreateQrCode(link.AbsoluteUri, QRCodeGenerator.ECCLevel.L);
        using var code = new AsciiQRCode(data);
        return string.Join('\n', code.GetGraphicSmall(invert: true).Split('\n').Select(line => $"{BlackOnWhite}{line.TrimEnd('\r')}{Reset}"));
    }
}
