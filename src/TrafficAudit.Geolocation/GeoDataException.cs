namespace TrafficAudit.Geolocation;

/// <summary>
/// A file of the geo-data folder can't be used. The message is one line for the person who put it there: which file, what is wrong, what to do.
/// </summary>
public abstract class GeoDataException(string message, Exception? innerException) : Exception(message, innerException);
