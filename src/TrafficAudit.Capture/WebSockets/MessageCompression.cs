using TrafficAudit.Model;

namespace TrafficAudit.Capture.WebSockets;

/// <summary>What the server's answer says about compression.</summary>
internal static class MessageCompression
{
    /// <summary>
    /// Whether permessage-deflate was agreed on (RFC 7692, section 5). Its parameters need not be known to read it: see <see cref="MessageInflater"/>.
    /// </summary>
    public static bool IsAgreed(HttpHead response)
    {
        foreach (var field in response.Fields)
        {
            if (!field.Is("Sec-WebSocket-Extensions"))
            {
                continue;
            }

            foreach (var extension in field.Value.Split(','))
            {
                var name = extension.AsSpan();
                var end = name.IndexOf(';');
                if ((end < 0 ? name : name[..end]).Trim().Equals("permessage-deflate", StringComparison.OrdinalIgnoreCase))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
