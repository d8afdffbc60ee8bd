namespace TrafficAudit.Geolocation.Jurisdictions;

/// <summary>A jurisdiction's profile is not there or can't be used; the message names the file and, where there is one, the line.</summary>
public sealed class JurisdictionFileException(string message, Exception? innerException = null) : GeoDataException(message, innerException);
