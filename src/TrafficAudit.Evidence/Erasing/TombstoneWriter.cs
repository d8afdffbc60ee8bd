using System.Globalization;
using System.Text;
using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Erasing;

/// <summary>
/// Writes an erased record. It keeps what the chain is made of and what names its place; gone are the block, the salt, the digest of the payload, and of
/// the target everything behind the host.
/// </summary>
internal static class TombstoneWriter
{
    /// <summary>In the order in which records have them; what is not listed is not kept.</summary>
    private static readonly string[] Before = [WarcHeaders.Type, WarcHeaders.RecordId, WarcHeaders.Date, WarcHeaders.TargetUri, WarcHeaders.ConcurrentTo, WarcHeaders.IpAddress, WarcHeaders.Part];

    private static readonly string[] Behind = [WarcHeaders.Flow, WarcHeaders.ContentDigest, WarcHeaders.Sequence, WarcHeaders.Chain];

    public static void Write(SegmentFile file, WarcRecord record, Tombstone tombstone)
    {
        var block = tombstone.ToBlock();
        var text = new StringBuilder(1024).Append(WarcHeaders.Version).Append("\r\n");
        Copy(Before);
        Add(WarcHeaders.BlockDigest, new WarcBlock(block).Digests([]).Block);
        Add(WarcHeaders.Erased, tombstone.Erased.Id);
        Copy(Behind);
        Add(WarcHeaders.ContentType, "application/json");
        Add(WarcHeaders.ContentLength, block.Length.ToString(CultureInfo.InvariantCulture));
        var header = Encoding.UTF8.GetBytes(text.Append("\r\n").ToString());
        GzipMember.Write(file, output =>
        {
            output.Write(header);
            output.Write(block);
            output.Write("\r\n\r\n"u8);
        });

        void Copy(string[] names)
        {
            foreach (var name in names)
            {
                if (record[name] is { } value)
                {
                    Add(name, name == WarcHeaders.TargetUri ? Origin(value) : value);
                }
            }
        }

        void Add(string name, string value) => text.Append(name).Append(": ").Append(value).Append("\r\n");
    }

    /// <summary>Scheme, host and port of a URI that has them; else the URI, which names the flow by its number then.</summary>
    internal static string Origin(string uri)
    {
        var start = uri.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            return uri.StartsWith("urn:trafficaudit:", StringComparison.Ordinal) ? uri : "urn:trafficaudit:erased";
        }

        var length = uri.AsSpan(start + 3).IndexOfAny("/?#\\");
        var authority = length < 0 ? uri[(start + 3)..] : uri.Substring(start + 3, length);
        return $"{uri[..start]}://{authority[(authority.LastIndexOf('@') + 1)..]}/";
    }
}
