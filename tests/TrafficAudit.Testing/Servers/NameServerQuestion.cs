using System.Text;

namespace TrafficAudit.Testing.Servers;

/// <summary>A question that came to a <see cref="NameServer"/>.</summary>
/// <param name="Name">Of what.</param>
/// <param name="Type"><c>A</c>, <c>AAAA</c> or the type's number.</param>
/// <param name="Id">The message's number, as it came.</param>
/// <param name="Bytes">The question, as it came.</param>
public sealed record NameServerQuestion(string Name, string Type, byte[] Id, byte[] Bytes)
{
    private const int Header = 12;

    /// <summary>Where records begin in the answer.</summary>
    public int End => Header + Bytes.Length;

    /// <summary>Reads a well-formed query.</summary>
    public static NameServerQuestion Read(byte[] query)
    {
        var labels = new List<string>();
        var at = Header;
        for (; query[at] > 0; at += query[at] + 1)
        {
            labels.Add(Encoding.ASCII.GetString(query, at + 1, query[at]));
        }

        var type = (query[at + 1] << 8) | query[at + 2];
        return new NameServerQuestion(
            string.Join('.', labels), type switch { 1 => "A", 28 => "AAAA", _ => $"{type}" }, query[..2], query[Header..(at + 5)]);
    }
}
