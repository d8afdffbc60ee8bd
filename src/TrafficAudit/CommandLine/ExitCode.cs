namespace TrafficAudit.CommandLine;

/// <summary>What the program's exit code says; scripts depend on it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int FaultsFound = 1;
    public const int WrongInput = 2;
    public const int InternalError = 3;
}
