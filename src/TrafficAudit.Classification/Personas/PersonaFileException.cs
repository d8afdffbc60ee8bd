namespace TrafficAudit.Classification.Personas;

/// <summary>
/// A persona file can't be used. The message is one line that says what is wrong, where and what to do; it never repeats a value
/// from the file.
/// </summary>
public sealed class PersonaFileException : Exception
{
    /// <summary>An exception with its one-line message.</summary>
    public PersonaFileException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with its one-line message and what caused it.</summary>
    public PersonaFileException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
