using System.Text;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>Packets of MQTT 3.1.1.</summary>
internal static class Mqtt
{
    /// <summary>PUBLISH with quality of service 0.</summary>
    public static Value Publish(string topic, Value payload) =>
        new(Packet(0x30, [.. Field(topic), .. payload.Bytes]), [.. payload.Places.Select(placed => placed.Under("payload").Under("[0]"))]);

    /// <summary>CONNECT with a client's identifier and its user.</summary>
    public static Value Connect(Value client, Value user) => new(
        Packet(0x10, [.. Field("MQTT"), 4, 0x82, 0, 60, .. Field(client.Text), .. Field(user.Text)]),
        [.. client.Places.Select(placed => placed.Under("client_id").Under("[0]")), .. user.Places.Select(placed => placed.Under("user_name").Under("[0]"))]);

    private static byte[] Field(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private static byte[] Packet(byte head, byte[] rest)
    {
        var packet = new List<byte> { head };
        for (var length = rest.Length; ; length >>= 7)
        {
            packet.Add((byte)((length & 0x7F) | (length > 0x7F ? 0x80 : 0)));
            if (length <= 0x7F)
            {
                return [.. packet, .. rest];
            }
        }
    }
}
