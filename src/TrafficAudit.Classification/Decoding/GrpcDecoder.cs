using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// gRPC's length-prefixed messages (gRPC over HTTP2, "Length-Prefixed-Message"), those of gRPC-Web with their trailers, and those of Connect: an
/// array of messages, each protobuf unless it looks like JSON. A compressed one is told by its compression's mark, which all registered
/// codings but snappy have.
/// </summary>
internal static class GrpcDecoder
{
    private const int HeadLength = 5;
    private const int Compressed = 1;

    /// <summary>Connect's last message, JSON.</summary>
    private const int EndStream = 2;

    /// <summary>gRPC-Web's trailers (PROTOCOL-WEB).</summary>
    private const int Trailers = 0x80;

    private static readonly ContentType Message = new(BodyForm.Protobuf, null, null);

    /// <summary>Adds the messages; false, and nothing is added, when the first has no right head.</summary>
    public static bool TryDecode(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes)
    {
        if (!IsHead(bytes.Span) || !run.TryStep(scope, Decodings.Grpc, 0, out var grpc))
        {
            return false;
        }

        if (run.Add(grpc, key, index, FieldKind.Container, null, 0, bytes.Length) is not { } root)
        {
            return true;
        }

        var mark = run.Mark;
        var inside = grpc.Inside(root);
        var at = 0;
        for (var number = 0; !run.Exhausted && IsHead(bytes.Span[at..]); number++)
        {
            var flags = bytes.Span[at];
            var length = (int)Math.Min(LengthAt(bytes.Span, at), (uint)(bytes.Length - at - HeadLength));
            var content = bytes.Slice(at + HeadLength, length);
            Frame(run, inside.Skip(at + HeadLength), number, content, flags);
            at += HeadLength + length;
        }

        if (at < bytes.Length)
        {
            run.Add(inside, null, -1, FieldKind.Undecoded, null, at, bytes.Length - at, bytes[at..]);
        }

        run.Close(root, mark);
        return true;
    }

    /// <summary>The same in base64, each frame encoded by itself or all in one.</summary>
    public static bool TryDecodeText(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> text)
    {
        var bytes = FromSegments(text.Span.TrimEnd("\r\n"u8));
        return bytes is not null && run.TryStep(scope, Decodings.Base64, bytes.Length, out var decoded)
            && TryDecode(run, decoded.Replaced(0, text.Length), key, index, bytes);
    }

    private static void Frame(DecodingRun run, in Scope scope, int number, ReadOnlyMemory<byte> content, int flags)
    {
        if ((flags & Trailers) != 0 && (flags & Compressed) == 0)
        {
            AddTrailers(run, scope, content.Span);
        }
        else if ((flags & Compressed) != 0 && Compression.Recognise(content.Span) is null)
        {
            run.Add(scope, null, number, FieldKind.Undecoded, null, 0, content.Length, content);
        }
        else
        {
            BodyDecoder.Decode(run, scope, null, number, content, (flags & (Trailers | EndStream)) == 0 ? Message : ContentType.None);
        }
    }

    private static void AddTrailers(DecodingRun run, in Scope scope, ReadOnlySpan<byte> lines)
    {
        if (run.Add(scope, "trailers", -1, FieldKind.Container, null, 0, lines.Length) is not { } trailers)
        {
            return;
        }

        var mark = run.Mark;
        foreach (var range in lines.Split((byte)'\n'))
        {
            if (run.Exhausted)
            {
                break;
            }

            var line = lines[range];
            var colon = line.IndexOf((byte)':');
            if (colon > 0)
            {
                var value = line[(colon + 1)..].Trim(" \t\r"u8);
                var text = Encoding.UTF8.GetString(value);
                LeafDecoder.AddText(run, scope.Inside(trailers), NameCache.Get(line[..colon]), -1, text, range.Start.Value + colon + 1, line.Length - colon - 1);
            }
        }

        run.Close(trailers, mark);
    }

    private static bool IsHead(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= HeadLength && bytes[0] is 0 or Compressed or EndStream or (EndStream | Compressed) or Trailers or (Trailers | Compressed);

    private static uint LengthAt(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 1)..]);

    private static byte[]? FromSegments(ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var length = 0;
        while (!text.IsEmpty)
        {
            // A segment ends with its padding.
            var padding = text.IndexOf((byte)'=');
            var end = padding < 0 ? text.Length : padding + (text[padding..].StartsWith("=="u8) ? 2 : 1);
            if (Base64.DecodeFromUtf8(text[..end], bytes.AsSpan(length), out _, out var written) != OperationStatus.Done)
            {
                return null;
            }

            length += written;
            text = text[end..];
        }

        return bytes[..length];
    }
}
