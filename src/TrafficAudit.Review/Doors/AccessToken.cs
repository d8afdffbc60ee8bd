using System.Security.Cryptography;
using System.Text;

namespace TrafficAudit.Review.Doors;

/// <summary>The secret that opens the review UI: 256 random bits as 64 lower-case hex digits, new with every start.</summary>
internal sealed class AccessToken
{
    private readonly byte[] _bytes;

    public AccessToken()
    {
        Text = RandomNumberGenerator.GetHexString(64, lowercase: true);
        _bytes = Encoding.ASCII.GetBytes(Text);
    }

    public string Text { get; }

    /// <summary>Compares in a time that does not depend on where the two differ.</summary>
    public bool Matches(string? presented) =>
        presented is { Length: 64 } && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(presented), _bytes);
}
