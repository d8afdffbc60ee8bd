namespace TrafficAudit.Classification.Decoding;

/// <summary>The properties of an MQTT 5.0 packet (MQTT 5.0, 2.2.2): what applications write into them is added, the rest passed over.</summary>
internal static class MqttProperties
{
    private const int UserProperty = 0x26;

    /// <summary>
    /// Whether a block of properties of at least one begins here, and where it ends. A payload that is none is told by its first few bytes: the length must be
    /// filled exactly by properties that there are.
    /// </summary>
    public static bool TryEnd(ReadOnlySpan<byte> bytes, int at, out int end)
    {
        end = 0;
        if (!MqttText.TryLength(bytes, ref at, out var length) || length == 0 || length > bytes.Length - at)
        {
            return false;
        }

        end = at + length;
        while (at < end)
        {
            if (!TrySkip(bytes[..end], ref at))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the texts of a block that <see cref="TryEnd"/> found, user properties by their own names, and passes it over.</summary>
    public static void Add(DecodingRun run, in Scope scope, ReadOnlyMemory<byte> bytes, ref int at)
    {
        _ = MqttText.TryLength(bytes.Span, ref at, out var length);
        for (var end = at + length; !run.Exhausted && at < end;)
        {
            var id = bytes.Span[at++];
            switch (id)
            {
                case UserProperty when MqttText.TryString(bytes.Span, at, out var name, out at):
                    MqttText.TryAdd(run, scope, NameCache.Get(name), bytes, ref at);
                    break;
                case 0x03 or 0x08 or 0x09 or 0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F:
                    MqttText.TryAdd(run, scope, Name(id), bytes, ref at);
                    break;
                default:
                    at--;
                    _ = TrySkip(bytes.Span, ref at);
                    break;
            }
        }
    }

    private static string Name(byte id) => id switch
    {
        0x03 => "content_type",
        0x08 => "response_topic",
        0x09 => "correlation_data",
        0x12 => "assigned_client_id",
        0x15 => "authentication_method",
        0x16 => "authentication_data",
        0x1A => "response_information",
        0x1C => "server_reference",
        _ => "reason",
    };

    // MQTT 5.0, table 2-4.
    private static bool TrySkip(ReadOnlySpan<byte> bytes, ref int at)
    {
        switch (bytes[at++])
        {
            case 0x01 or 0x17 or 0x19 or 0x24 or 0x25 or 0x28 or 0x29 or 0x2A:
                at += 1;
                break;
            case 0x13 or 0x21 or 0x22 or 0x23:
                at += 2;
                break;
            case 0x02 or 0x11 or 0x18 or 0x27:
                at += 4;
                break;
            case 0x0B:
                return MqttText.TryLength(bytes, ref at, out _);
            case 0x03 or 0x08 or 0x09 or 0x12 or 0x15 or 0x16 or 0x1A or 0x1C or 0x1F:
                return MqttText.TryString(bytes, at, out _, out at);
            case UserProperty:
                return MqttText.TryString(bytes, at, out _, out at) && MqttText.TryString(bytes, at, out _, out at);
            default:
                return false;
        }

        return at <= bytes.Length;
    }
}
