using System.Collections.Immutable;
using System.Text;
using TrafficAudit.Model;

namespace TrafficAudit.Classification.Decoding;

/// <summary>What a field's content is.</summary>
public enum FieldKind
{
    /// <summary>Holds other fields only: an object, an array, a multipart body.</summary>
    Container,

    /// <summary>Text.</summary>
    Text,

    /// <summary>A number; <see cref="Field.Text"/> is its text as written.</summary>
    Number,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>JSON's <c>null</c>.</summary>
    Null,

    /// <summary>Bytes that no decoder reads: an image, encrypted or compressed by an unknown scheme.</summary>
    Undecoded,
}

/// <summary>
/// One decoded place in a message. Fields make a tree: an object holds its members, and a text that turned out to be an encoding
/// of something else keeps its text and holds what it decoded to.
/// </summary>
public sealed class Field
{
    // A page of JSON makes thousands of fields: these are kept small. The content is a string, or boxed bytes, or null.
    private readonly object? _content;
    private readonly byte _message;
    private readonly byte _part;
    private readonly byte _kind;

    /// <summary>The field that this one was decoded from; null for a part of the message (a header, the query, the body).</summary>
    public Field? Parent { get; init; }

    /// <summary>Which message.</summary>
    public required MessageKind Message
    {
        get => (MessageKind)_message;
        init => _message = (byte)value;
    }

    /// <summary>Which part of it.</summary>
    public required MessagePart Part
    {
        get => (MessagePart)_part;
        init => _part = (byte)value;
    }

    /// <summary>The key under which it lies in its parent, verbatim; null for array elements and for what merely was decoded further.</summary>
    public string? Key { get; init; }

    /// <summary>Its position in an array, from 0; -1 when it is no element.</summary>
    public int Index { get; init; } = -1;

    /// <summary>What it holds.</summary>
    public required FieldKind Kind
    {
        get => (FieldKind)_kind;
        init => _kind = (byte)value;
    }

    /// <summary>The decoded text of a leaf; null for containers and undecoded bytes. A null's is <c>null</c>.</summary>
    public string? Text
    {
        get => _content as string;
        init => _content = value ?? _content;
    }

    /// <summary>The bytes of an undecoded field; empty for others.</summary>
    public ReadOnlyMemory<byte> Bytes
    {
        get => _content is ReadOnlyMemory<byte> bytes ? bytes : default;
        init => _content = value.IsEmpty ? _content : value;
    }

    /// <summary>
    /// Entropy of the bytes of an undecoded field, 0 to 8 bits a byte; 0 for others. Encrypted and compressed bytes have nearly the most that
    /// their number allows, log2 of it below 256. Computed on demand, of the first MiB.
    /// </summary>
    public double Entropy => ByteEntropy.Of(Bytes.Span);

    /// <summary>What was undone to get here, outermost first: names of <see cref="Decoding.Decodings"/>.</summary>
    public ImmutableArray<string> Decodings { get; init; } = [];

    /// <summary>
    /// First byte, within the part as transferred, of the outermost encoded text that holds this field; -1 when not known. The part is the
    /// request target for the URL, the path with its first slash, the query without its question mark, the value of the field line for
    /// headers and cookies, and the body with its content coding.
    /// </summary>
    public int Start { get; init; } = -1;

    /// <summary>Length of that text in bytes; 0 when not known.</summary>
    public int Length { get; init; }

    /// <summary>The fields decoded from this one, in their order.</summary>
    public IReadOnlyList<Field> Children { get; internal set; } = [];

    /// <summary>The nearest key at or above this field: an element of <c>"phones": […]</c> is named by <c>phones</c>. Null if there is none.</summary>
    public string? NearestKey => Key ?? Parent?.NearestKey;

    /// <summary>
    /// Steps from the part to here, joined by <c>.</c>; array index <c>[0]</c>; a key that holds <c>.</c> in quotes. Made on demand.
    /// </summary>
    public string Path
    {
        get
        {
            var path = new StringBuilder();
            AppendPath(path);
            return path.ToString();
        }
    }

    /// <summary>The location that a finding in this field carries.</summary>
    public FindingLocation Location => new(Message, Part, Path, Decodings, Start, Length);

    private void AppendPath(StringBuilder path)
    {
        Parent?.AppendPath(path);
        if (Index >= 0)
        {
            path.Append('[').Append(Index).Append(']');
        }
        else if (Key is not null)
        {
            if (path.Length > 0)
            {
                path.Append('.');
            }

            if (Key.Contains('.', StringComparison.Ordinal))
            {
                path.Append('"').Append(Key).Append('"');
            }
            else
            {
                path.Append(Key);
            }
        }
    }
}
