using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Index.Columns;

/// <summary>What a columns file says about the segment beside its columns.</summary>
/// <param name="AnalysisVersion">Which analysis made the flows.</param>
/// <param name="EvidenceLength">Up to where the evidence is covered, in bytes.</param>
/// <param name="Checksum">The sum over all documents of the LiteDB file that the columns were made from.</param>
/// <param name="DatabaseLength">That file's length in bytes.</param>
internal sealed record ColumnsHeader(string AnalysisVersion, long EvidenceLength, UInt128 Checksum, long DatabaseLength);

/// <summary>
/// A segment's columns on disk, for a quick start: header, interners, rows as they lie in memory (little-endian), SHA-256 of all of it.
/// Whatever is wrong with such a file, the answer is that there is none: the LiteDB file holds the same and more.
/// </summary>
internal static class ColumnsFile
{
    // Rows hold enum members as bytes: a program whose enums differ must not read them.
    private static readonly string Layout = string.Join(
        ' ',
        (string[])["columns-7", .. Token.All<FlowKind>(), .. Token.All<FlowFailure>(), .. Token.All<PartlyReadCause>(),
            .. Token.All<CountryGrade>(), .. Token.All<Strength>(), .. Token.All<FindingState>(), .. Token.All<Direction>(), .. Token.All<Detector>()]);

    /// <summary>Writes the live rows in order of number, beside the old file and then over it.</summary>
    /// <exception cref="IOException">The file can't be written.</exception>
    public static void Write(string path, SegmentSnapshot segment, ColumnsHeader header)
    {
        if (!BitConverter.IsLittleEndian)
        {
            return;
        }

        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            WriteHeader(writer, header);
            WriteInterners(writer, segment.Table);
            WriteRows(writer, segment);
        }

        memory.Write(SHA256.HashData(memory.GetBuffer().AsSpan(0, (int)memory.Length)));
        var temporary = path + ".part";
        using (var file = File.Create(temporary))
        {
            memory.WriteTo(file);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Reads a file; null when it is missing, damaged, or of another layout.</summary>
    public static (ColumnsHeader Header, SegmentTable Table)? Read(string path)
    {
        try
        {
            if (!File.Exists(path) || !BitConverter.IsLittleEndian)
            {
                return null;
            }

            var bytes = File.ReadAllBytes(path);
            var length = bytes.Length - SHA256.HashSizeInBytes;
            if (length < 0 || !SHA256.HashData(bytes.AsSpan(0, length)).AsSpan().SequenceEqual(bytes.AsSpan(length)))
            {
                return null;
            }

            using var reader = new BinaryReader(new MemoryStream(bytes, 0, length), Encoding.UTF8);
            return reader.ReadString() == Layout ? (ReadHeader(reader), ReadTable(reader)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or InvalidDataException or ArgumentException)
        {
            // Damage is an answer here, not a failure: the caller reads the LiteDB file instead.
            return null;
        }
    }

    private static void WriteHeader(BinaryWriter writer, ColumnsHeader header)
    {
        Span<byte> checksum = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(checksum, header.Checksum);
        writer.Write(Layout);
        writer.Write(header.AnalysisVersion);
        writer.Write(header.EvidenceLength);
        writer.Write(checksum);
        writer.Write(header.DatabaseLength);
    }

    private static ColumnsHeader ReadHeader(BinaryReader reader) =>
        new(reader.ReadString(), reader.ReadInt64(), BinaryPrimitives.ReadUInt128LittleEndian(reader.ReadBytes(16)), reader.ReadInt64());

    private static void WriteInterners(BinaryWriter writer, SegmentTable table)
    {
        writer.Write(table.Texts.Count);
        for (var i = 0; i < table.Texts.Count; i++)
        {
            writer.Write(table.Texts[i]);
        }

        writer.Write(table.Endpoints.Count);
        for (var i = 0; i < table.Endpoints.Count; i++)
        {
            var endpoint = table.Endpoints[i];
            writer.Write(endpoint.Scheme);
            writer.Write(endpoint.Host);
            writer.Write(endpoint.Port);
            WriteOptional(writer, endpoint.Address);
            writer.Write(endpoint.IsResolvedLater);
            WriteOptional(writer, endpoint.Country);
            writer.Write((byte)endpoint.Grade);
            writer.Write(endpoint.Recipient);
            WriteOptional(writer, endpoint.RecipientCountry);
            WriteOptional(writer, endpoint.GroupCountry);
            WriteOptional(writer, endpoint.Carrier);
            WriteOptional(writer, endpoint.Cloaks);
        }

        writer.Write(table.Contexts.Count);
        for (var i = 0; i < table.Contexts.Count; i++)
        {
            var context = table.Contexts[i];
            WriteOptional(writer, context.Session);
            WriteOptional(writer, context.Phase);
            WriteOptional(writer, context.Device);
            writer.Write(context.LabPosition is not null);
            writer.Write(context.LabPosition?.Latitude ?? 0);
            writer.Write(context.LabPosition?.Longitude ?? 0);
        }
    }

    private static void WriteRows(BinaryWriter writer, SegmentSnapshot segment)
    {
        writer.Write(segment.Totals.Flows);
        var findings = 0;
        foreach (var index in segment.Directory.Ascending(long.MinValue, segment.Rows))
        {
            var row = segment[index];
            var start = row.FindingStart;
            row.FindingStart = findings;
            findings += row.FindingCount;
            writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<FlowRow>(in row)));
            for (var i = start; i < start + row.FindingCount; i++)
            {
                writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<FindingRow>(in segment.Finding(i))));
            }
        }
    }

    private static SegmentTable ReadTable(BinaryReader reader)
    {
        var table = new SegmentTable();
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            table.Texts.Load(reader.ReadString());
        }

        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            table.Endpoints.Load(new Endpoint(
                reader.ReadString(), reader.ReadString(), reader.ReadInt32(), ReadOptional(reader), reader.ReadBoolean(), ReadOptional(reader),
                (CountryGrade)reader.ReadByte(), reader.ReadString(), ReadOptional(reader), ReadOptional(reader), ReadOptional(reader), ReadOptional(reader)));
        }

        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            table.Contexts.Load(new FlowContext(ReadOptional(reader), ReadOptional(reader), ReadOptional(reader), ReadPosition(reader)));
        }

        ReadRows(reader, table);
        return table;
    }

    private static void ReadRows(BinaryReader reader, SegmentTable table)
    {
        var row = default(FlowRow);
        var finding = default(FindingRow);
        for (var count = reader.ReadInt32(); count > 0; count--)
        {
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<FlowRow>(ref row)));
            for (var i = 0; i < row.FindingCount; i++)
            {
                reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<FindingRow>(ref finding)));
                table.Findings.Add(finding);
            }

            table.Load(row);
        }
    }

    private static GeoPosition? ReadPosition(BinaryReader reader)
    {
        var isKnown = reader.ReadBoolean();
        var position = new GeoPosition(reader.ReadDouble(), reader.ReadDouble());
        return isKnown ? position : null;
    }

    private static void WriteOptional(BinaryWriter writer, string? text)
    {
        writer.Write(text is not null);
        writer.Write(text ?? "");
    }

    private static string? ReadOptional(BinaryReader reader)
    {
        var present = reader.ReadBoolean();
        var text = reader.ReadString();
        return present ? text : null;
    }
}
