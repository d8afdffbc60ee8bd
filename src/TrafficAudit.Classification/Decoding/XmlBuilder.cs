using System.Text;
using System.Xml;

namespace TrafficAudit.Classification.Decoding;

/// <summary>Makes fields of an XML reader's nodes. An element is held back until it is known whether it has anything but text.</summary>
internal sealed class XmlBuilder(DecodingRun run, Scope scope)
{
    private const string Namespaces = "xmlns";
    private readonly Stack<(Field Container, RunMark Mark)> _open = [];
    private readonly StringBuilder _text = new();
    private Scope _scope = scope;
    private string? _waiting;

    /// <summary>Takes the node at which the reader stands.</summary>
    public void Take(XmlReader reader)
    {
        switch (reader.NodeType)
        {
            case XmlNodeType.Element:
                Start(reader);
                break;
            case XmlNodeType.EndElement:
                End();
                break;
            case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace:
                _text.Append(reader.Value);
                break;
        }
    }

    /// <summary>Closes what a document that broke off left open.</summary>
    public void CloseAll()
    {
        while (_waiting is not null || _open.Count > 0)
        {
            End();
        }
    }

    private void Start(XmlReader reader)
    {
        Settle();
        _waiting = reader.LocalName;
        var isEmpty = reader.IsEmptyElement;
        for (var more = reader.MoveToFirstAttribute(); more; more = reader.MoveToNextAttribute())
        {
            if (reader.Prefix != Namespaces && reader.Name != Namespaces)
            {
                Settle();
                LeafDecoder.AddText(run, _scope, reader.LocalName, -1, reader.Value, 0, 0);
            }
        }

        if (isEmpty)
        {
            End();
        }
    }

    private void End()
    {
        if (_waiting is { } name)
        {
            // Only text: the element is that text.
            (_waiting, var text) = (null, TakeText());
            LeafDecoder.AddText(run, _scope, name, -1, text, 0, 0);
            return;
        }

        Settle();
        if (_open.TryPop(out var element))
        {
            run.Close(element.Container, element.Mark);
            _scope = _scope with { Parent = element.Container.Parent };
        }
    }

    /// <summary>The element that waits holds more than a text: it becomes a container, and the text one of its fields.</summary>
    private void Settle()
    {
        if (_waiting is { } name && run.Add(_scope, name, -1, FieldKind.Container, null, 0, 0) is { } container)
        {
            _open.Push((container, run.Mark));
            _scope = _scope.Inside(container);
        }

        _waiting = null;
        if (TakeText() is { Length: > 0 } text)
        {
            LeafDecoder.AddText(run, _scope, null, -1, text, 0, 0);
        }
    }

    private string TakeText()
    {
        var text = _text.ToString().Trim();
        _text.Clear();
        return text;
    }
}
