using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// MQTT control packets (MQTT 3.1.1 and 5.0, section 2 and 3) in a message of a WebSocket: an array of packets, with who connects, topics and
/// what is published.
/// </summary>
internal static class MqttDecoder
{
    private const int Connect = 1;
    private const int Publish = 3;
    private const int Subscribe = 8;
    private const int Unsubscribe = 10;
    private const int LongestTopic = 1024;

    /// <summary>Adds the packets; false, and nothing is added, when the payload is not made of whole packets of which one says something.</summary>
    public static bool TryDecode(DecodingRun run, in Scope scope, ReadOnlyMemory<byte> payload)
    {
        if (!AreLikely(payload.Span) || !run.TryStep(scope, Decodings.Mqtt, 0, out var mqtt)
            || run.Add(mqtt, null, -1, FieldKind.Container, null, 0, payload.Length) is not { } root)
        {
            return false;
        }

        var mark = run.Mark;
        var number = 0;
        for (var at = 0; !run.Exhausted && TryPacket(payload.Span, at, out var start, out var length); at = start + length)
        {
            if (run.Add(mqtt.Inside(root), null, number++, FieldKind.Container, null, at, start + length - at) is { } packet)
            {
                var inside = run.Mark;
                Packet(run, mqtt.Inside(packet).Skip(start), payload.Span[at], payload.Slice(start, length));
                run.Close(packet, inside);
            }
        }

        run.Close(root, mark);
        return true;
    }

    private static bool AreLikely(ReadOnlySpan<byte> payload)
    {
        var says = false;
        var at = 0;
        while (TryPacket(payload, at, out var start, out var length))
        {
            var body = payload.Slice(start, length);
            switch (payload[at] >> 4)
            {
                case Connect when MqttText.TryString(body, 0, out var protocol, out _) && Encoding.ASCII.GetString(protocol) is "MQTT" or "MQIsdp":
                case Publish when MqttText.TryString(body, 0, out var topic, out _) && topic.Length is > 0 and <= LongestTopic && Printable.IsText(topic) && !topic.ContainsAny("#+"u8):
                case Subscribe or Unsubscribe when (payload[at] & 0x0F) == 2 && body.Length > 4 && Topics(body) >= 0:
                    says = true;
                    break;
                case Connect or Publish or Subscribe or Unsubscribe or 0:
                    return false;
            }

            at = start + length;
        }

        return says && at == payload.Length;
    }

    private static void Packet(DecodingRun run, in Scope scope, byte head, ReadOnlyMemory<byte> body)
    {
        switch (head >> 4)
        {
            case Connect:
                Client(run, scope, body);
                break;
            case Publish:
                Published(run, scope, body, hasNumber: (head & 6) != 0);
                break;
            case Subscribe or Unsubscribe:
                Filters(run, scope, body, hasOptions: head >> 4 == Subscribe);
                break;
        }
    }

    private static void Client(DecodingRun run, in Scope scope, ReadOnlyMemory<byte> body)
    {
        _ = MqttText.TryString(body.Span, 0, out _, out var at);
        if (body.Length < at + 4)
        {
            return;
        }

        var (version, flags) = (body.Span[at], body.Span[at + 1]);
        at += 4;
        if (!TryProperties(run, scope, body, version, ref at) || !MqttText.TryAdd(run, scope, "client_id", body, ref at))
        {
            return;
        }

        const int will = 4, password = 0x40, user = 0x80;
        if ((flags & will) != 0 && !(TryProperties(run, scope, body, version, ref at) && MqttText.TryAdd(run, scope, "will_topic", body, ref at) && MqttText.TryAdd(run, scope, "will_payload", body, ref at)))
        {
            return;
        }

        _ = ((flags & user) == 0 || MqttText.TryAdd(run, scope, "user_name", body, ref at)) && (flags & password) != 0 && MqttText.TryAdd(run, scope, "password", body, ref at);
    }

    private static void Published(DecodingRun run, in Scope scope, ReadOnlyMemory<byte> body, bool hasNumber)
    {
        var at = 0;
        _ = MqttText.TryAdd(run, scope, "topic", body, ref at);
        at += hasNumber ? 2 : 0;

        // Which version it is was said when the client connected. A payload begins with no zero; no properties do, in version 5, and some are told by their form.
        if (at < body.Length && body.Span[at] == 0)
        {
            at++;
        }
        else if (MqttProperties.TryEnd(body.Span, at, out _))
        {
            MqttProperties.Add(run, scope, body, ref at);
        }

        if (at < body.Length)
        {
            BodyDecoder.Decode(run, scope.Skip(at), "payload", -1, body[at..], ContentType.None);
        }
    }

    private static void Filters(DecodingRun run, in Scope scope, ReadOnlyMemory<byte> body, bool hasOptions)
    {
        var at = Topics(body.Span);
        while (!run.Exhausted && at >= 0 && at < body.Length && MqttText.TryAdd(run, scope, "topic", body, ref at))
        {
            at += hasOptions ? 1 : 0;
        }
    }

    /// <summary>Where the first topic filter starts, after number and, in version 5, no properties; -1 when neither fits.</summary>
    private static int Topics(ReadOnlySpan<byte> body) =>
        MqttText.TryString(body, 2, out var topic, out _) && topic.Length > 0 && Printable.IsText(topic) ? 2
        : MqttText.TryString(body, 3, out topic, out _) && topic.Length > 0 && Printable.IsText(topic) ? 3
        : -1;

    // Versions before 5 have none.
    private static bool TryProperties(DecodingRun run, in Scope scope, ReadOnlyMemory<byte> body, int version, ref int at)
    {
        if (version < 5)
        {
            return true;
        }

        if (MqttProperties.TryEnd(body.Span, at, out var end))
        {
            MqttProperties.Add(run, scope, body, ref at);
            at = end;
            return true;
        }

        return MqttText.TryLength(body.Span, ref at, out var length) && (at += length) <= body.Length;
    }

    private static bool TryPacket(ReadOnlySpan<byte> payload, int at, out int start, out int length)
    {
        start = at + 1;
        length = 0;
        return at < payload.Length && MqttText.TryLength(payload, ref start, out length) && length <= payload.Length - start;
    }
}
