using System.Collections.Immutable;

namespace TrafficAudit.Evidence.Imports;

/// <summary>Counts remarks and keeps the first of them.</summary>
internal sealed class Remarks
{
    private readonly ImmutableArray<ImportRemark>.Builder _kept = ImmutableArray.CreateBuilder<ImportRemark>();

    public long Count { get; private set; }

    public ImmutableArray<ImportRemark> Kept => _kept.ToImmutable();

    public void Add(string place, string text)
    {
        Count++;
        if (_kept.Count < ImportResult.MaxRemarks)
        {
            _kept.Add(new ImportRemark(place, text));
        }
    }
}
