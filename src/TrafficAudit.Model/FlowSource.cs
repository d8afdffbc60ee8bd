namespace TrafficAudit.Model;

/// <summary>Where an imported flow comes from, so that it can be found again in the file.</summary>
/// <param name="Import">The import's id; the journal says which file it was, with its digest.</param>
/// <param name="Place">The place in that file, as its format counts (<c>entries[0]</c>, <c>record 17</c>, <c>flow 3</c>).</param>
public sealed record FlowSource(string Import, string Place);
