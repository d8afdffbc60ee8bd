namespace TrafficAudit.Evidence.Imports;

/// <summary>An entry can't become a flow; the importer turns this into a remark and goes on with the next entry.</summary>
/// <param name="reason">The field and what is the matter with it; holds no captured value.</param>
internal sealed class UnusableEntryException(string reason) : Exception(reason);
