namespace TrafficAudit.Classification.Decoding;

/// <summary>What a reader of a binary document came upon.</summary>
internal enum BinaryToken
{
    /// <summary>Bytes that the format does not allow, that break off, or that nest too deep. Nothing follows.</summary>
    Broken,

    /// <summary>The document's end. Nothing follows.</summary>
    Finished,

    /// <summary>The start of pairs of key and value, ended by <see cref="End"/>.</summary>
    Map,

    /// <summary>The start of elements, ended by <see cref="End"/>.</summary>
    Array,

    /// <summary>The end of the innermost map or array.</summary>
    End,

    /// <summary>UTF-8 text.</summary>
    Text,

    /// <summary>Bytes.</summary>
    Bytes,

    /// <summary>An integer or a fraction.</summary>
    Number,

    /// <summary>True.</summary>
    True,

    /// <summary>False.</summary>
    False,

    /// <summary>Nothing.</summary>
    Null,
}

/// <summary>Reads a self-describing binary document (MessagePack, CBOR, property list) token by token. It never throws.</summary>
internal interface IBinaryReader
{
    /// <summary>Deepest nesting that a reader follows.</summary>
    const int Deepest = 64;

    /// <summary>Where the last value starts in the document, after its head.</summary>
    int Start { get; }

    /// <summary>Its length there in bytes.</summary>
    int Length { get; }

    /// <summary>Content of the last text or bytes: that stretch, or what its chunks make together.</summary>
    ReadOnlySpan<byte> Content { get; }

    /// <summary>The last number as text. Made on demand.</summary>
    string Number { get; }

    /// <summary>Reads the next token.</summary>
    BinaryToken Read();
}
