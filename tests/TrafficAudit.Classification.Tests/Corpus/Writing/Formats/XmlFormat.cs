using System.Xml.Linq;

namespace TrafficAudit.Classification.Tests.Corpus.Writing;

/// <summary>XML 1.0: an element for each member, in a root element; values that hold nothing nested may be attributes.</summary>
internal static class XmlFormat
{
    public static Value ToXml(this Tree tree, string root, bool useAttributes = false)
    {
        var document = new XDocument(Element(root, tree, useAttributes));
        return new Value($"<?xml version=\"1.0\"?>\n{document}", [.. tree.Places.Select(placed => placed.Under(root))]);
    }

    private static XElement Element(string name, Tree tree, bool useAttributes)
    {
        var element = new XElement(name, tree.Value?.Text);
        foreach (var child in tree.Children)
        {
            element.Add(useAttributes && child.Value is not null ? new XAttribute(child.Key!, child.Value.Text) : Element(child.Key!, child, useAttributes));
        }

        return element;
    }
}
