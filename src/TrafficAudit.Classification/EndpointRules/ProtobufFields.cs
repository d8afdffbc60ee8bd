using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using TrafficAudit.Classification.Decoding;

namespace TrafficAudit.Classification.EndpointRules;

/// <summary>
/// A message in protobuf's wire format, without its schema, where a rule says that it is one. Keys are field numbers; a field that repeats is an array.
/// Whether bytes inside are a text or a message nobody says: what prints is a text, unless it begins with a control character and reads as a message.
/// </summary>
internal static class ProtobufFields
{
    private const string Step = "protobuf";
    private const int Deepest = 32;
    private const int MostVarintBytes = 10;
    private const int MostEntries = 200_000;

    /// <summary>Adds the fields of a whole message; false when the bytes are none.</summary>
    public static bool TryDecode(DecodingRun run, Field holder, ReadOnlyMemory<byte> bytes)
    {
        if (!TryRead(bytes, out var entries) || !run.TryStep(Scope.Under(holder), Step, bytes.Length, out var scope)
            || run.Add(scope, null, -1, FieldKind.Container, null, 0, 0) is not { } root)
        {
            return false;
        }

        var mark = run.Mark;
        Add(run, scope.Inside(root), entries, depth: 1);
        run.Close(root, mark);
        return true;
    }

    private static void Add(DecodingRun run, in Scope scope, List<Entry> entries, int depth)
    {
        foreach (var number in entries.GroupBy(entry => entry.Number))
        {
            var key = number.Key.ToString(CultureInfo.InvariantCulture);
            var same = number.ToList();
            if (same.Count == 1)
            {
                Add(run, scope, key, -1, same[0], depth);
            }
            else if (run.Add(scope, key, -1, FieldKind.Container, null, 0, 0) is { } array)
            {
                var mark = run.Mark;
                for (var i = 0; i < same.Count; i++)
                {
                    Add(run, scope.Inside(array), null, i, same[i], depth);
                }

                run.Close(array, mark);
            }
        }
    }

    private static void Add(DecodingRun run, in Scope scope, string? key, int index, in Entry entry, int depth)
    {
        if (entry.Bytes is not { } bytes)
        {
            run.Add(scope, key, index, FieldKind.Number, entry.Value.ToString(CultureInfo.InvariantCulture), 0, 0);
            return;
        }

        var isText = Printable.IsText(bytes.Span);
        if (depth < Deepest && !bytes.IsEmpty && (!isText || bytes.Span[0] < ' ') && TryRead(bytes, out var inner)
            && run.Add(scope, key, index, FieldKind.Container, null, 0, 0) is { } message)
        {
            var mark = run.Mark;
            Add(run, scope.Inside(message), inner, depth + 1);
            run.Close(message, mark);
        }
        else if (isText)
        {
            LeafDecoder.AddText(run, scope, key, index, Encoding.UTF8.GetString(bytes.Span), 0, 0);
        }
        else
        {
            run.Add(scope, key, index, FieldKind.Undecoded, null, 0, 0, bytes);
        }
    }

    private static bool TryRead(ReadOnlyMemory<byte> bytes, out List<Entry> entries)
    {
        entries = [];
        while (!bytes.IsEmpty)
        {
            if (entries.Count == MostEntries || !TryVarint(ref bytes, out var tag) || tag >> 3 is 0 or > 536_870_911 || !TryValue(ref bytes, (int)(tag & 7), out var value, out var content))
            {
                return false;
            }

            entries.Add(new Entry((int)(tag >> 3), value, content));
        }

        return entries.Count > 0;
    }

    private static bool TryValue(ref ReadOnlyMemory<byte> bytes, int wireType, out ulong value, out ReadOnlyMemory<byte>? content)
    {
        (value, content) = (0, null);
        switch (wireType)
        {
            case 0:
                return TryVarint(ref bytes, out value);
            case 1 when bytes.Length >= sizeof(ulong):
                value = BinaryPrimitives.ReadUInt64LittleEndian(bytes.Span);
                bytes = bytes[sizeof(ulong)..];
                return true;
            case 2 when TryVarint(ref bytes, out var length) && length <= (ulong)bytes.Length:
                content = bytes[..(int)length];
                bytes = bytes[(int)length..];
                return true;
            case 5 when bytes.Length >= sizeof(uint):
                value = BinaryPrimitives.ReadUInt32LittleEndian(bytes.Span);
                bytes = bytes[sizeof(uint)..];
                return true;
            default:
                return false;
        }
    }

    private static bool TryVarint(ref ReadOnlyMemory<byte> bytes, out ulong value)
    {
        value = 0;
        var span = bytes.Span;
        for (var i = 0; i < Math.Min(span.Length, MostVarintBytes); i++)
        {
            value |= (ulong)(span[i] & 0x7F) << (7 * i);
            if (span[i] < 0x80)
            {
                bytes = bytes[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    /// <summary>A field as it stands on the wire.</summary>
    [StructLayout(LayoutKind.Auto)]
    private readonly record struct Entry(int Number, ulong Value, ReadOnlyMemory<byte>? Bytes);
}
