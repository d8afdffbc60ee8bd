namespace TrafficAudit.Capture.Handshakes;

/// <summary>What follows when an app refuses the proxy's certificate (<c>--on-refusal</c>).</summary>
public enum OnRefusal
{
    /// <summary>Its next connections to that host are relayed for 10 minutes without decryption: the app keeps working.</summary>
    Relay,

    /// <summary>Each connection is offered the proxy's certificate again, and fails.</summary>
    Fail,
}
