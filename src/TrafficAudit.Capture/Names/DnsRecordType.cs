namespace TrafficAudit.Capture.Names;

/// <summary>The types of records that are asked for or followed, by IANA's numbers (RFC 1035, section 3.2.2; RFC 3596).</summary>
internal enum DnsRecordType : ushort
{
    /// <summary>An IPv4 address.</summary>
    A = 1,

    /// <summary>The name that stands for the owner's.</summary>
    Cname = 5,

    /// <summary>An IPv6 address.</summary>
    Aaaa = 28,
}
