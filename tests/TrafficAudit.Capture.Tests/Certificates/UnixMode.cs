namespace TrafficAudit.Capture.Tests.Certificates;

/// <summary>File modes; a test that asks for one is skipped on Windows, which has none.</summary>
internal static class UnixMode
{
    /// <summary>The mode in octal digits.</summary>
    public static string Of(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no file modes on Windows");
            return "";
        }

        return Convert.ToString((int)File.GetUnixFileMode(path), toBase: 8);
    }

    /// <summary>Adds permissions to what is there.</summary>
    public static void Add(string path, UnixFileMode more)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("no file modes on Windows");
            return;
        }

        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | more);
    }
}
