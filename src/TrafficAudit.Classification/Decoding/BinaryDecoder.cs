namespace TrafficAudit.Classification.Decoding;

/// <summary>Offers bytes to the decoders of binary documents: to the one that a label names, or to all, which then ask for evidence.</summary>
internal static class BinaryDecoder
{
    /// <summary>Shorter than what is worth a guess.</summary>
    private const int Shortest = 8;

    /// <summary>Adds what the body's type says the bytes are; false, and nothing is added, when they are not.</summary>
    public static bool TryLabelled(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes, BodyForm form)
    {
        switch (form)
        {
            case BodyForm.Protobuf:
                return ProtobufDecoder.TryDecode(run, scope, key, index, bytes, isLabelled: true);
            case BodyForm.Grpc:
                return GrpcDecoder.TryDecode(run, scope, key, index, bytes);
            case BodyForm.GrpcText:
                return GrpcDecoder.TryDecodeText(run, scope, key, index, bytes);
            case BodyForm.MessagePack when run.TryStep(scope, Decodings.MessagePack, 0, out var inner):
                var pack = new MessagePackReader(bytes.Span);
                return DocumentBuilder.TryAdd(run, inner, key, index, bytes, ref pack);
            case BodyForm.Cbor when run.TryStep(scope, Decodings.Cbor, 0, out var inner):
                var cbor = new CborReader(bytes.Span);
                return DocumentBuilder.TryAdd(run, inner, key, index, bytes, ref cbor);
            default:
                return false;
        }
    }

    /// <summary>Whether bytes without a label are a document that a decoder here reads.</summary>
    public static bool IsLikely(ReadOnlySpan<byte> bytes) => Recognise(bytes) is not null;

    /// <summary>Adds what bytes without a label are; false, and nothing is added, when that is not clear.</summary>
    public static bool TryGuess(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes)
    {
        if (Recognise(bytes.Span) is not { } format || !run.TryStep(scope, format, 0, out var inner))
        {
            return false;
        }

        switch (format)
        {
            case Decodings.PropertyList:
                var list = new PropertyListReader(bytes.Span);
                return DocumentBuilder.TryAdd(run, inner, key, index, bytes, ref list);
            case Decodings.Zip:
                return ZipDecoder.TryDecode(run, inner, key, index, bytes);
            case Decodings.Record:
                return RecordDecoder.TryDecodeSeparated(run, inner, key, index, bytes);
            case Decodings.MessagePack:
                var pack = new MessagePackReader(bytes.Span);
                DocumentBuilder.Add(run, inner, key, index, bytes, ref pack);
                return true;
            case Decodings.Cbor:
                var cbor = new CborReader(bytes.Span);
                DocumentBuilder.Add(run, inner, key, index, bytes, ref cbor);
                return true;
            default:
                return ProtobufDecoder.TryDecode(run, scope, key, index, bytes, isLabelled: false);
        }
    }

    /// <summary>The format; null when the bytes are text or no format has evidence enough.</summary>
    private static string? Recognise(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Shortest || Printable.IsText(bytes))
        {
            return null;
        }

        if (PropertyListReader.HasMark(bytes))
        {
            return Decodings.PropertyList;
        }

        if (ZipDecoder.HasMark(bytes))
        {
            return Decodings.Zip;
        }

        if (RecordDecoder.AreSeparated(bytes))
        {
            return Decodings.Record;
        }

        if (bytes[0] is (>= 0x80 and <= 0x9F) or (>= 0xDC and <= 0xDF))
        {
            var pack = new MessagePackReader(bytes);
            if (DocumentShape.IsLikely(ref pack, bytes.Length))
            {
                return Decodings.MessagePack;
            }
        }

        // Maps, arrays, and the tag that marks a document as this (RFC 8949, 3.4.6).
        if (bytes[0] is (>= 0x80 and <= 0xBF) or 0xD9)
        {
            var cbor = new CborReader(bytes);
            if (DocumentShape.IsLikely(ref cbor, bytes.Length))
            {
                return Decodings.Cbor;
            }
        }

        return ProtobufShape.IsLikely(bytes) ? Decodings.Protobuf : null;
    }
}
