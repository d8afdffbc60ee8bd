namespace TrafficAudit.Geolocation.Recipients;

/// <summary>The file <c>recipients.yaml</c> can't be used; the message names the file and, where there is one, the line.</summary>
public sealed class RecipientFileException(string message, Exception? innerException = null) : GeoDataException(message, innerException);
