namespace TrafficAudit.Capture.Doors;

/// <summary>How an attempt to pair ended.</summary>
public enum PairResult
{
    /// <summary>The device is paired, and the secret is used up.</summary>
    Paired,

    /// <summary>The secret was never valid, is used up, or expired.</summary>
    WrongSecret,

    /// <summary>Too many wrong secrets came from there; even the right one isn't looked at for some minutes.</summary>
    TooManyGuesses,
}

/// <summary>The outcome of an attempt to pair.</summary>
/// <param name="Result">How it ended.</param>
/// <param name="Device">The device, when paired.</param>
/// <param name="Cookie">
/// What the phone keeps to be known again from another address, when paired: 256 random bits in base64url. It is told this once.
/// </param>
public sealed record PairOutcome(PairResult Result, Device? Device = null, string? Cookie = null)
{
    /// <summary>Without the cookie, so that it lands in no log.</summary>
    public override string ToString() => $"{Result} {Device?.Id}";
}
