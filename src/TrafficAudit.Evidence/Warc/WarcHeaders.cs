using System.Globalization;
using System.Text;

namespace TrafficAudit.Evidence.Warc;

/// <summary>Names and forms of WARC/1.1 (ISO 28500:2017) and of this program's own header fields.</summary>
internal static class WarcHeaders
{
    public const string Version = "WARC/1.1";
    public const string Type = "WARC-Type";
    public const string RecordId = "WARC-Record-ID";
    public const string Date = "WARC-Date";
    public const string TargetUri = "WARC-Target-URI";
    public const string IpAddress = "WARC-IP-Address";
    public const string Protocol = "WARC-Protocol";
    public const string CipherSuite = "WARC-Cipher-Suite";
    public const string ConcurrentTo = "WARC-Concurrent-To";
    public const string Truncated = "WARC-Truncated";
    public const string BlockDigest = "WARC-Block-Digest";
    public const string PayloadDigest = "WARC-Payload-Digest";
    public const string FileName = "WARC-Filename";
    public const string ContentType = "Content-Type";
    public const string ContentLength = "Content-Length";

    /// <summary>The flow that the record belongs to; absent for journal records.</summary>
    public const string Flow = "TA-Flow";

    /// <summary>The kind of a journal record.</summary>
    public const string Journal = "TA-Journal";

    /// <summary>
    /// What a metadata record of a flow is when it is not the one that completes the flow: <see cref="OpeningPart"/> or <see cref="MessagesPart"/>.
    /// </summary>
    public const string Part = "TA-Part";

    /// <summary>What was known of a flow when it began to last.</summary>
    public const string OpeningPart = "opening";

    /// <summary>Messages of a WebSocket, one on each line.</summary>
    public const string MessagesPart = "messages";

    /// <summary>What a record of messages adds up to: sent, received, bytes sent, bytes received.</summary>
    public const string Messages = "TA-Messages";

    /// <summary>The erasure that has put a tombstone in the place of the block.</summary>
    public const string Erased = "TA-Erased";

    public const string Sequence = "TA-Sequence";
    public const string Salt = "TA-Salt";
    public const string ContentDigest = "TA-Content-Digest";
    public const string Chain = "TA-Chain";

    /// <summary>W3C date and time with microseconds (WARC/1.1, section 5.4).</summary>
    public static string DateOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);

    /// <summary>A URI that can stand in a header line: everything outside printable ASCII is percent-encoded as UTF-8.</summary>
    public static string Uri(string text)
    {
        if (!text.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return text;
        }

        var safe = new StringBuilder(text.Length + 16);
        foreach (var b in Encoding.UTF8.GetBytes(text))
        {
            if (b is > 0x20 and < 0x7F)
            {
                safe.Append((char)b);
            }
            else
            {
                safe.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return safe.ToString();
    }
}
