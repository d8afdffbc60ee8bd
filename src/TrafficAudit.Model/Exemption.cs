namespace TrafficAudit.Model;

/// <summary>
/// For a while a client's connections to a host are relayed without decryption, since its app refuses the proxy's certificate there and would
/// not work otherwise. Kept in the journal, for what is not read must be known.
/// </summary>
/// <param name="Client">The device's id, or the address of a client that is not paired.</param>
/// <param name="Host">The host's name (SNI, else the tunnel's host), lower case.</param>
/// <param name="From">When it begins, UTC.</param>
/// <param name="Until">When it ends, UTC.</param>
/// <param name="Reason">One sentence for people.</param>
public sealed record Exemption(string Client, string Host, DateTimeOffset From, DateTimeOffset Until, string Reason);
