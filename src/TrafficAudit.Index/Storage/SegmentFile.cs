using System.Buffers.Binary;
using LiteDB;

namespace TrafficAudit.Index.Storage;

/// <summary>What a file says of itself; written with each batch, in its transaction.</summary>
/// <param name="Flows">How many documents it holds.</param>
/// <param name="Checksum">The sum of their digests.</param>
/// <param name="EvidenceLength">Up to where the segment is covered.</param>
/// <param name="AnalysisVersion">Which analysis made them.</param>
internal sealed record FileState(int Flows, UInt128 Checksum, long EvidenceLength, string AnalysisVersion);

/// <summary>
/// One segment's LiteDB file. One thread at a time, never beside another instance on the same file, not even to read: LiteDB 5.0.20
/// was measured to lose documents otherwise. Only <c>_id</c>, binary collation, one transaction a batch. Damage comes out as any exception
/// whatever (LiteDB checks no pages), which <see cref="SegmentStore"/> catches.
/// </summary>
internal sealed class SegmentFile : IDisposable
{
    // LiteDB takes documents of 16 MB; a flow with more findings than that is kept in parts.
    private const int PartLength = 8 * 1024 * 1024;

    /// <summary>
    /// What the documents hold. A program that needs more of a flow than an older one kept must not take the older one's word: 2 added a
    /// flow's connection and what of it was not kept.
    /// </summary>
    private const int DocumentVersion = 2;

    private readonly LiteDatabase _database;
    private readonly ILiteCollection<BsonDocument> _flows;
    private readonly ILiteCollection<BsonDocument> _parts;
    private readonly ILiteCollection<BsonDocument> _state;

    public SegmentFile(string path)
    {
        _database = new LiteDatabase(
            new ConnectionString { Filename = path, Connection = ConnectionType.Direct, Collation = Collation.Binary }, new BsonMapper());
        _flows = _database.GetCollection("flows");
        _parts = _database.GetCollection("parts");
        _state = _database.GetCollection("state");
    }

    /// <summary>What the file says of itself; null when it says nothing, or when its documents are of another version.</summary>
    public FileState? State
    {
        get
        {
            var state = _state.FindById(1);
            return state is null || state["documents"] != DocumentVersion
                ? null
                : new FileState(
                    state["flows"].AsInt32,
                    BinaryPrimitives.ReadUInt128LittleEndian(state["checksum"].AsBinary),
                    state["evidence_length"].AsInt64,
                    state["analysis_version"].AsString);
        }
    }

    /// <summary>Writes a batch as one transaction and gives the new state.</summary>
    /// <param name="state">What the file says of itself now.</param>
    /// <param name="documents">The batch, no number twice.</param>
    /// <param name="replaced">The numbers among them that the file may hold already: looking up every number would cost more than writing it.</param>
    /// <param name="evidenceLength">Up to where the segment is covered then.</param>
    public FileState Write(FileState state, IReadOnlyCollection<FlowDocument> documents, IReadOnlyCollection<long> replaced, long evidenceLength)
    {
        _database.BeginTrans();
        var (flows, checksum) = (state.Flows, state.Checksum);
        foreach (var number in replaced)
        {
            if (Remove(number) is { } old)
            {
                flows--;
                checksum -= old.Digest;
            }
        }

        foreach (var document in documents)
        {
            flows++;
            checksum += document.Digest;
        }

        _flows.Insert(documents.OrderBy(d => d.Number).Select(First));
        _parts.Insert(documents.SelectMany(Others));
        var next = state with { Flows = flows, Checksum = checksum, EvidenceLength = evidenceLength };
        var sum = new byte[16];
        BinaryPrimitives.WriteUInt128LittleEndian(sum, checksum);
        _state.Upsert(new BsonDocument
        {
            ["_id"] = 1,
            ["flows"] = flows,
            ["checksum"] = sum,
            ["evidence_length"] = evidenceLength,
            ["analysis_version"] = state.AnalysisVersion,
            ["documents"] = DocumentVersion,
        });
        _database.Commit();
        return next;
    }

    /// <summary>A document; null when there is none.</summary>
    /// <exception cref="InvalidDataException">It is not what was written.</exception>
    public FlowDocument? Read(long number) => _flows.FindById(number) is { } document ? Whole(document) : null;

    /// <summary>Every document, in order of number.</summary>
    /// <exception cref="InvalidDataException">One is not what was written.</exception>
    public IEnumerable<FlowDocument> ReadAll() => _flows.FindAll().Select(Whole);

    /// <summary>
    /// Moves what was committed into the database file and waits until it is there. A commit alone does not say that: LiteDB 5.0.20 may still
    /// be writing its log when it returns.
    /// </summary>
    public void Checkpoint() => _database.Checkpoint();

    public void Dispose() => _database.Dispose();

    private static BsonDocument First(FlowDocument document) =>
        document.Bytes.Length <= PartLength
            ? new BsonDocument { ["_id"] = document.Number, ["flow"] = document.Bytes }
            : new BsonDocument { ["_id"] = document.Number, ["flow"] = document.Bytes[..PartLength], ["length"] = document.Bytes.Length };

    private static IEnumerable<BsonDocument> Others(FlowDocument document)
    {
        for (var at = PartLength; at < document.Bytes.Length; at += PartLength)
        {
            yield return new BsonDocument
            {
                ["_id"] = PartId(document.Number, at),
                ["flow"] = document.Bytes[at..Math.Min(at + PartLength, document.Bytes.Length)],
            };
        }
    }

    private static string PartId(long number, int at) => $"{number}/{at}";

    private FlowDocument Whole(BsonDocument first)
    {
        var number = first["_id"].AsInt64;
        var bytes = first["flow"].AsBinary;
        if (first["length"] is { IsInt32: true } length)
        {
            var whole = new MemoryStream();
            whole.Write(bytes);
            for (var at = PartLength; at < length.AsInt32; at += PartLength)
            {
                whole.Write(_parts.FindById(PartId(number, at))?["flow"].AsBinary ?? throw new InvalidDataException("a part of a document is missing"));
            }

            bytes = whole.ToArray();
        }

        return FlowDocument.Read(number, bytes);
    }

    private FlowDocument? Remove(long number)
    {
        if (Read(number) is not { } document)
        {
            return null;
        }

        _flows.Delete(number);
        for (var at = PartLength; at < document.Bytes.Length; at += PartLength)
        {
            _parts.Delete(PartId(number, at));
        }

        return document;
    }
}
