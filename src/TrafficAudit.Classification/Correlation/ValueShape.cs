namespace TrafficAudit.Classification.Correlation;

/// <summary>What a value may be by its looks.</summary>
internal enum ValueShape
{
    /// <summary>Stands for nothing: a placeholder, or empty. It says nothing of its place.</summary>
    Nothing,

    /// <summary>No identifier: a word, a number, a time, a setting, a sentence, an address.</summary>
    Plain,

    /// <summary>A short mixture of letters and digits: an identifier, or a model, a build, a setting.</summary>
    Short,

    /// <summary>Something that was generated: a UUID, a digest, random characters, a number of 16 digits, encrypted bytes.</summary>
    Generated,
}
