using System.Runtime.InteropServices;

namespace TrafficAudit.Index.Filtering;

/// <summary>One of the values of a term, and where it stands.</summary>
/// <param name="Text">The value without its quotes.</param>
/// <param name="Quoted">Whether quotes were around it.</param>
/// <param name="Position">Its first character, from 1.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct FilterValue(string Text, bool Quoted, int Position)
{
    public TextPattern Pattern => Quoted ? TextPattern.Literal(Text) : TextPattern.Wildcard(Text);
}
