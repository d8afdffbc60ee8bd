using System.Runtime.InteropServices;

namespace TrafficAudit.Geolocation.Pictures;

/// <summary>An upright rectangle of a picture, in pixels.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Box(double Left, double Top, double Right, double Bottom)
{
    public static Box Around(Pixel middle, double width, double height) =>
        new(middle.X - (width / 2), middle.Y - (height / 2), middle.X + (width / 2), middle.Y + (height / 2));

    public Pixel Middle => new((Left + Right) / 2, (Top + Bottom) / 2);

    public bool Overlaps(Box other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    public bool IsWithin(Box other) => Left >= other.Left && Right <= other.Right && Top >= other.Top && Bottom <= other.Bottom;
}
