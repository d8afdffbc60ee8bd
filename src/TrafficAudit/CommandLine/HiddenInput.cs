using System.Text;

namespace TrafficAudit.CommandLine;

/// <summary>Secrets that are typed on the terminal.</summary>
internal static class HiddenInput
{
    /// <summary>Asks without showing what is typed; null when nobody is at a terminal.</summary>
    public static string? Ask(string question)
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }

        Console.Error.Write(question);
        var typed = new StringBuilder();
        while (Console.ReadKey(intercept: true) is { Key: not ConsoleKey.Enter } key)
        {
            if (key.Key == ConsoleKey.Backspace)
            {
                typed.Length = Math.Max(0, typed.Length - 1);
            }
            else if (!char.IsControl(key.KeyChar))
            {
                typed.Append(key.KeyChar);
            }
        }

        Console.Error.WriteLine();
        return typed.ToString();
    }

    /// <summary>The first line of a file that holds a secret.</summary>
    /// <exception cref="InputException">The file can't be used.</exception>
    public static string FirstLine(string file, string option)
    {
        const int Longest = 64 * 1024;
        if (!File.Exists(file) || new FileInfo(file).Length > Longest)
        {
            throw new InputException($"{option} {file}: there is no such file, or it is too long for one");
        }

        return File.ReadLines(file).FirstOrDefault() is { Length: > 0 } line
            ? line
            : throw new InputException($"{option} {file}: its first line is empty; write the secret there");
    }
}
