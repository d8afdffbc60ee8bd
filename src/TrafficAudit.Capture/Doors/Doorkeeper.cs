using System.Net;
using Microsoft.AspNetCore.Http;
using TrafficAudit.Capture.Certificates;

namespace TrafficAudit.Capture.Doors;

/// <summary>Placeholder until the doors branch is merged.</summary>
public sealed class Doorkeeper
{
    public static Doorkeeper OpenToAll(CertificateAuthority a) => new();
    public bool IsOwnHost(string host) => host == "audit.test";
    public (string? Device, bool IsAdmitted) Admit(IPAddress address) => (null, true);
    public byte[] RefuseConnect() => [];
    public Task ServeAsync(HttpContext context) => Task.CompletedTask;
    public Task RefuseAsync(HttpContext context) => Task.CompletedTask;
}
public sealed class DestinationPolicy(bool all, IPEndPoint[] own) { public bool Allows(IPAddress a, int port, out string reason) { reason = "private"; return all || own.Length > 0; } }
