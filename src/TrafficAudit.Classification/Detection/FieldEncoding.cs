using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.Detection;

/// <summary>Whether a field travelled in an encoding that hides it from a reader, and not merely in HTTP's or JSON's own.</summary>
internal static class FieldEncoding
{
    /// <summary>Whether base64, base32 or hex was undone on the way to it.</summary>
    public static bool IsEncoded(this Field field)
    {
        foreach (var decoding in field.Decodings)
        {
            if (decoding is "base64" or "base64url" or "base32" or "hex")
            {
                return true;
            }
        }

        return false;
    }
}
