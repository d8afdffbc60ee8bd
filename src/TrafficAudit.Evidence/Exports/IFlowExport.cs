namespace TrafficAudit.Evidence.Exports;

/// <summary>A file to which flows are written, one after the other, in one format. For one thread.</summary>
public interface IFlowExport : IDisposable
{
    /// <summary>Writes a flow; it stays the caller's.</summary>
    /// <exception cref="IOException">It can't be written, or what holds the flow's bytes can't be read.</exception>
    void Add(ExportedFlow flow);

    /// <summary>Ends the file. Without this it is no whole file of its format.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    void Complete();
}
