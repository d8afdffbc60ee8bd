using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Draws transfers as a matrix of items and recipients, in SVG.</summary>
public static class TransferMatrix
{
    /// <summary>Writes the picture: an SVG document.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<Transfer> transfers, PictureContext context) =>
        writer.Write("<svg xmlns=\"http://www.w3.org/2000/svg\" />");
}
