namespace TrafficAudit.Terminal;

/// <summary>Reports on the thread that makes progress; <see cref="Progress{T}"/> would reorder the reports.</summary>
internal sealed class ImmediateProgress<T>(Action<T> report) : IProgress<T>
{
    public void Report(T value) => report(value);
}
