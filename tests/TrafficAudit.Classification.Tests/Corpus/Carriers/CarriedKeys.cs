namespace TrafficAudit.Classification.Tests.Corpus.Carriers;

/// <summary>The keys that a carrier shows.</summary>
internal enum CarriedKeys
{
    /// <summary>Any text.</summary>
    Any,

    /// <summary>Names of header fields, cookies and elements: ASCII letters, digits, underscores.</summary>
    Names,

    /// <summary>None: a path has no keys, protobuf has numbers.</summary>
    None,
}
