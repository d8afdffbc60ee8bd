namespace TrafficAudit.Evidence.Cases;

/// <summary>A case can't be used: the message is one line that says what is wrong, where, and what to do.</summary>
public sealed class CaseException : Exception
{
    /// <summary>Creates it without a message of its own.</summary>
    public CaseException()
    {
    }

    /// <summary>Creates it with its line.</summary>
    public CaseException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with its line and what lies behind.</summary>
    public CaseException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
