namespace TrafficAudit.CommandLine;

/// <summary>Wrong usage or input: the message is one line for people that says what is wrong, where, and what to do. Exit code 2.</summary>
internal sealed class InputException(string message, Exception? inner = null) : Exception(message, inner);
