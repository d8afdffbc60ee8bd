using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary><c>VERIFY.md</c> in a case: how anybody can verify it without this program. The same for every case.</summary>
internal static class VerifyGuide
{
    public const string FileName = "VERIFY.md";

    public static void Write(CaseFolder folder)
    {
        using var text = typeof(VerifyGuide).Assembly.GetManifestResourceStream(FileName)!;
        PrivateFile.Write(Path.Combine(folder.Path, FileName), text);
    }
}
