using System.Collections.Frozen;

namespace TrafficAudit.Model;

/// <summary>Header fields whose values are made to say nothing about a person, so that they are shown unmasked where nothing was found in them.</summary>
public static class PlainHeaders
{
    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Host", "Accept", "Accept-Encoding", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "Date", "Server",
        "Cache-Control", "Vary", "Upgrade", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest", "Alt-Svc", "Strict-Transport-Security");

    /// <summary>Whether a field with this name, in any case, is one of them.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
