namespace TrafficAudit.Geolocation.Databases;

/// <summary>A database file is no MaxMind DB, is cut short or damaged, or can't be read.</summary>
public sealed class GeoDatabaseException(string message, Exception? innerException = null) : GeoDataException(message, innerException);
