using System.Text;

namespace TrafficAudit.Evidence.Recording;

/// <summary>The block of a segment's <c>warcinfo</c> record (<c>application/warc-fields</c>; WARC/1.1, section 6.2): who wrote it, with what, on what.</summary>
internal static class WarcInfo
{
    public static byte[] Block(string caseName, EvidenceOptions options)
    {
        var text = new StringBuilder();
        Add("software", options.Software);
        Add("format", "WARC File Format 1.1");
        Add("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/");
        Add("isPartOf", caseName);
        foreach (var (name, value) in options.Provenance)
        {
            Add(name, value);
        }

        return Encoding.UTF8.GetBytes(text.ToString());

        // A value that somebody typed can't start a line of its own.
        void Add(string name, string value) => text.Append(name).Append(": ").Append(string.Concat(value.Select(c => char.IsControl(c) ? ' ' : c))).Append("\r\n");
    }
}
