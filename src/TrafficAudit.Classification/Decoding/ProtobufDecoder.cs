using System.Globalization;
using System.Text;

namespace TrafficAudit.Classification.Decoding;

/// <summary>
/// Protocol Buffers without their schema: the key of a field is its number, and one that is repeated comes as often. What is text, message or
/// number is told by looking.
/// </summary>
internal static class ProtobufDecoder
{
    private const int ShownNumber = 5;

    /// <summary>Adds a message; false, and nothing is added, when the bytes are none or a bound forbids it.</summary>
    /// <param name="run">The run.</param>
    /// <param name="scope">Where the bytes come from.</param>
    /// <param name="key">The field's key.</param>
    /// <param name="index">Its position, -1 if it is no element.</param>
    /// <param name="bytes">The message.</param>
    /// <param name="isLabelled">The sender says that it is one, so that numbers alone will do, and what is cut off is read up to there.</param>
    public static bool TryDecode(DecodingRun run, in Scope scope, string? key, int index, ReadOnlyMemory<byte> bytes, bool isLabelled)
    {
        if (!(isLabelled ? IsWholeOrCut(bytes.Span) : ProtobufShape.IsLikely(bytes.Span))
            || !run.TryStep(scope, Decodings.Protobuf, 0, out var protobuf))
        {
            return false;
        }

        if (run.Add(protobuf, key, index, FieldKind.Container, null, 0, bytes.Length) is { } root)
        {
            Message(run, protobuf, root, bytes, 0);
        }

        return true;
    }

    /// <summary>A label is not believed for bytes of which nothing makes sense: they are encrypted.</summary>
    private static bool IsWholeOrCut(ReadOnlySpan<byte> bytes)
    {
        if (ProtobufShape.IsWhole(bytes))
        {
            return true;
        }

        var fields = new ProtobufFields(bytes);
        while (fields.MoveNext())
        {
            // The whole fields before the cut make a message of their own.
        }

        return fields.End > 0 && ProtobufShape.IsLikely(bytes[..fields.End]);
    }

    private static void Message(DecodingRun run, in Scope scope, Field container, ReadOnlyMemory<byte> bytes, int depth)
    {
        var mark = run.Mark;
        var inside = scope.Inside(container);
        var fields = new ProtobufFields(bytes.Span);
        while (!run.Exhausted && fields.MoveNext())
        {
            var key = Key(fields.Number);
            if (fields.HasContent)
            {
                Value(run, inside.Skip(fields.Start), key, bytes.Slice(fields.Start, fields.Length), depth + 1);
            }
            else
            {
                run.Add(inside, key, -1, FieldKind.Number, Number(fields), fields.Start, fields.Length);
            }
        }

        if (!run.Exhausted && fields.IsBroken)
        {
            run.Add(inside, null, -1, FieldKind.Undecoded, null, fields.End, bytes.Length - fields.End, bytes[fields.End..]);
        }

        run.Close(container, mark);
    }

    private static void Value(DecodingRun run, in Scope scope, string key, ReadOnlyMemory<byte> value, int depth)
    {
        switch (ProtobufShape.Of(value.Span, depth))
        {
            case ProtobufValue.Text:
                LeafDecoder.AddText(run, scope, key, -1, Encoding.UTF8.GetString(value.Span), 0, value.Length);
                break;
            case ProtobufValue.Message when run.Add(scope, key, -1, FieldKind.Container, null, 0, value.Length) is { } container:
                Message(run, scope, container, value, depth);
                break;
            case ProtobufValue.Bytes:
                BodyDecoder.Decode(run, scope, key, -1, value, ContentType.None);
                break;
        }
    }

    private static string Key(int number)
    {
        Span<byte> digits = stackalloc byte[10];
        number.TryFormat(digits, out var length, provider: CultureInfo.InvariantCulture);
        return length <= ShownNumber ? NameCache.Get(digits[..length]) : number.ToString(CultureInfo.InvariantCulture);
    }

    private static string Number(in ProtobufFields fields) => fields.WireType switch
    {
        ProtobufFields.Fixed64 when BitConverter.UInt64BitsToDouble(fields.Bits) is var number && IsLikely(number)
            => number.ToString("R", CultureInfo.InvariantCulture),
        ProtobufFields.Fixed32 when BitConverter.UInt32BitsToSingle((uint)fields.Bits) is var number && IsLikely(number)
            => number.ToString("R", CultureInfo.InvariantCulture),
        ProtobufFields.Fixed32 => ((uint)fields.Bits).ToString(CultureInfo.InvariantCulture),

        // A negative int32 or int64 is written as if it were a huge one.
        _ => ((long)fields.Bits).ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Integers that somebody counts, numbers or measures with are, read as fractions, next to nothing or beyond measure.</summary>
    private static bool IsLikely(double number) => Math.Abs(number) is >= 1e-6 and <= 1e12;
}
