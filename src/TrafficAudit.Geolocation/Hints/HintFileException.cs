namespace TrafficAudit.Geolocation.Hints;

/// <summary>A file of <c>hints/</c> can't be used; the message names the file and, where there is one, the line.</summary>
public sealed class HintFileException(string message, Exception? innerException = null) : GeoDataException(message, innerException);
