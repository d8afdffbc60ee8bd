using TrafficAudit.Evidence.Warc;

namespace TrafficAudit.Evidence.Walking;

/// <summary>How faults name a record.</summary>
internal static class RecordName
{
    public static string Of(WarcRecord record) => Of(record[WarcHeaders.RecordId], record.Type, record[WarcHeaders.Flow]);

    public static string Of(string? id, string? type, string? flow) => $"{id} {type}{(string.IsNullOrEmpty(flow) ? "" : $", flow {flow}")}";
}
