using TrafficAudit.Model;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>Draws transfers as a matrix, in SVG: kinds of personal data down, recipients across, in each cell the number of flows.</summary>
public static class TransferMatrix
{
    /// <summary>Writes the picture; it grows with its rows and columns, so that all are there.</summary>
    /// <inheritdoc cref="TransferMap.Write"/>
    public static void Write(TextWriter writer, IReadOnlyList<Transfer> transfers, PictureContext context) =>
        new MatrixDrawing(context, MatrixColumn.Of(transfers)).Write(writer, PictureFrame.Describe(transfers));
}
