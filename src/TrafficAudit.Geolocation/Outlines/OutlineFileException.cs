namespace TrafficAudit.Geolocation.Outlines;

/// <summary>The file <c>world/countries-50m.json</c> can't be used; the message names the file, what is wrong and what to do.</summary>
public sealed class OutlineFileException(string message, Exception? innerException = null) : GeoDataException(message, innerException);
