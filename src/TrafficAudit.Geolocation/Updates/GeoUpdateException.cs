namespace TrafficAudit.Geolocation.Updates;

/// <summary>A database could not be fetched or can't be used; nothing that was there has changed. The message is one line for people.</summary>
public sealed class GeoUpdateException(string message, Exception? innerException = null) : GeoDataException(message, innerException);
