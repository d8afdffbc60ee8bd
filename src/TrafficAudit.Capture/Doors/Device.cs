using System.Collections.Immutable;
using System.Net;

namespace TrafficAudit.Capture.Doors;

/// <summary>A paired phone.</summary>
/// <param name="Id">Names it in the evidence: <c>device-</c> and 12 hex digits. Never reused.</param>
/// <param name="Name">What its user called it: 1 to 64 characters, without control characters, else anything. Encode it where it is shown.</param>
/// <param name="Addresses">From where it comes now, newest first, IPv4-mapped ones as IPv4. An address belongs to one device at a time.</param>
/// <param name="PairedAt">When it was paired, in UTC.</param>
/// <param name="IsBlocked">Whether nothing of it is forwarded, though it is paired.</param>
public sealed record Device(string Id, string Name, ImmutableArray<IPAddress> Addresses, DateTimeOffset PairedAt, bool IsBlocked = false);
