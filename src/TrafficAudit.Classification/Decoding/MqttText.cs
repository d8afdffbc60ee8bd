using System.Buffers.Binary;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Lengths and texts as MQTT writes them (MQTT 5.0, 1.5).</summary>
internal static class MqttText
{
    /// <summary>Reads a variable byte integer of at most four bytes.</summary>
    public static bool TryLength(ReadOnlySpan<byte> bytes, ref int at, out int length)
    {
        length = 0;
        for (var shift = 0; shift <= 21 && at < bytes.Length; shift += 7)
        {
            var b = bytes[at++];
            length |= (b & 0x7F) << shift;
            if (b < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Reads a text, or binary data: two bytes of length, and so many bytes.</summary>
    public static bool TryString(ReadOnlySpan<byte> bytes, int at, out ReadOnlySpan<byte> text, out int end)
    {
        text = default;
        end = 0;
        if (bytes.Length - at < 2)
        {
            return false;
        }

        end = at + 2 + BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);
        text = end <= bytes.Length ? bytes[(at + 2)..end] : default;
        return end <= bytes.Length;
    }

    /// <summary>Adds a text, decoded further, and passes it over.</summary>
    public static bool TryAdd(DecodingRun run, in Scope scope, string key, ReadOnlyMemory<byte> body, ref int at)
    {
        if (!TryString(body.Span, at, out var text, out var end))
        {
            return false;
        }

        if (text.IsEmpty)
        {
            run.Add(scope, key, -1, FieldKind.Text, "", end, 0);
        }
        else
        {
            BodyDecoder.Decode(run, scope.Skip(at + 2), key, -1, body[(at + 2)..end], ContentType.None);
        }

        at = end;
        return true;
    }
}
