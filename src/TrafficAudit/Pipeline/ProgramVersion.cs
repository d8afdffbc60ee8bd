namespace TrafficAudit.Pipeline;

/// <summary>Which program this is.</summary>
internal static class ProgramVersion
{
    public static string Number { get; } = typeof(ProgramVersion).Assembly.GetName().Version!.ToString(3);

    public static string Software { get; } = $"TrafficAudit/{Number}";
}
