namespace TrafficAudit.Capture.Doors;

/// <summary>What the terminal's code carries: good for one pairing, until it expires.</summary>
/// <param name="Value">128 random bits in base64url (RFC 4648, 5), 22 characters.</param>
/// <param name="Expires">When it stops being good, in UTC.</param>
public sealed record PairingSecret(string Value, DateTimeOffset Expires)
{
    /// <summary>The link without scheme and host: <c>/pair?s=…</c>, to be put behind the proxy's own address.</summary>
    public string PathAndQuery => $"{SetupPages.PairPath}?s={Value}";

    /// <summary>Without the secret, so that it lands in no log.</summary>
    public override string ToString() => $"pairing secret until {Expires:O}";
}
