namespace TrafficAudit.Evidence.Sealing;

/// <summary>A timestamp can't be had or is not the one that is needed: the message is one line that says why.</summary>
public sealed class TimestampException : Exception
{
    /// <summary>Creates it without a message of its own.</summary>
    public TimestampException()
    {
    }

    /// <summary>Creates it with its line.</summary>
    public TimestampException(string message)
        : base(message)
    {
    }

    /// <summary>Creates it with its line and what lies behind.</summary>
    public TimestampException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
