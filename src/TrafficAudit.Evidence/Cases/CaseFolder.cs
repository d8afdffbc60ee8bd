using System.Globalization;
using System.Text;
using System.Text.Json;

namespace TrafficAudit.Evidence.Cases;

/// <summary>A case's folder: where each thing in it lies.</summary>
public sealed class CaseFolder
{
    /// <summary>The file that says what a case is.</summary>
    internal const string InfoName = "case.json";


    private const int LongestName = 80;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private CaseFolder(string path, CaseInfo info)
    {
        Path = path;
        Info = info;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>What <c>case.json</c> says.</summary>
    public CaseInfo Info { get; }

    /// <summary>Where the index lies; it can be thrown away.</summary>
    public string IndexFolder => System.IO.Path.Combine(Path, "index");

    /// <summary>Where bodies that are too large for memory lie until they are recorded.</summary>
    public string SpoolFolder => System.IO.Path.Combine(Path, "spool");

    /// <summary>Where imported files are kept that were wanted to be (<c>--keep-original</c>).</summary>
    public string OriginalsFolder => System.IO.Path.Combine(Path, "originals");

    /// <summary>Numbers of the evidence segments, ascending.</summary>
    public IReadOnlyList<int> Segments =>
    [
        .. Directory.EnumerateFiles(Path, "evidence-*.warc.gz")
            .Select(f => System.IO.Path.GetFileName(f)["evidence-".Length..^".warc.gz".Length])
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Digits(number) == n ? number : 0)
            .Where(n => n > 0)
            .Order(),
    ];

    /// <summary>The file of a segment.</summary>
    public string SegmentPath(int segment) => System.IO.Path.Combine(Path, $"evidence-{Digits(segment)}.warc.gz");

    /// <summary>The index (CDXJ) of a segment, written when it is sealed.</summary>
    public string CdxjPath(int segment) => System.IO.Path.Combine(Path, $"evidence-{Digits(segment)}.cdxj");

    /// <summary>Creates a case.</summary>
    /// <exception cref="CaseException">The name can't be a folder's, the case exists, or the folder can't be written.</exception>
    public static CaseFolder Create(string capturesFolder, CaseInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        var path = PathOf(capturesFolder, info.Name);
        if (File.Exists(System.IO.Path.Combine(path, InfoName)))
        {
            throw new CaseException($"The case {info.Name} exists already in {capturesFolder}; choose another name");
        }

        try
        {
            CreatePrivate(path);
            PrivateFile.Write(System.IO.Path.Combine(path, InfoName), JsonSerializer.SerializeToUtf8Bytes(info, CaseJson.Default.CaseInfo));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaseException($"The case folder {path} can't be written ({e.Message}); check the disk and the folder's rights", e);
        }

        return Open(path);
    }

    /// <summary>Opens a case by its folder.</summary>
    /// <exception cref="CaseException">There is no case, or its <c>case.json</c> can't be read.</exception>
    public static CaseFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, InfoName);
        try
        {
            var info = JsonSerializer.Deserialize(File.ReadAllBytes(file), CaseJson.Default.CaseInfo)
                ?? throw new CaseException($"{file} is empty; restore it from a copy");
            return IsSafe(info.Name)
                ? new CaseFolder(System.IO.Path.GetFullPath(path), WithDefaults(info))
                : throw new CaseException($"{file} has a name that no case can have; restore it from a copy");
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new CaseException($"There is no case in {path}; 'trafficaudit cases' lists those there are", e);
        }
        catch (Exception e) when (e is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new CaseException($"{file} can't be read ({e.Message}); restore it from a copy", e);
        }
    }

    /// <summary>Finds a case by name below <paramref name="capturesFolder"/>, or by its folder's path; null when there is none.</summary>
    /// <exception cref="CaseException">It is there and can't be read, or the name can't be a case's.</exception>
    public static CaseFolder? Find(string capturesFolder, string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        var path = Directory.Exists(nameOrPath) && File.Exists(System.IO.Path.Combine(nameOrPath, InfoName))
            ? nameOrPath
            : PathOf(capturesFolder, nameOrPath);
        return File.Exists(System.IO.Path.Combine(path, InfoName)) ? Open(path) : null;
    }

    /// <summary>
    /// Finds a case whatever its <c>case.json</c> is, to verify it: <see cref="Info"/> has no more than the folder's name then. Null when there is no
    /// such folder.
    /// </summary>
    /// <exception cref="CaseException">The name can't be a case's.</exception>
    public static CaseFolder? FindToVerify(string capturesFolder, string nameOrPath)
    {
        ArgumentNullException.ThrowIfNull(nameOrPath);
        var path = HasEvidence(nameOrPath) ? System.IO.Path.GetFullPath(nameOrPath) : PathOf(capturesFolder, nameOrPath);
        var name = System.IO.Path.GetFileName(System.IO.Path.TrimEndingDirectorySeparator(path));
        return HasEvidence(path) ? new CaseFolder(path, new CaseInfo { Name = name, Created = default, ToolVersion = "" }) : null;
    }

    /// <summary>Every case below <paramref name="capturesFolder"/>, by name.</summary>
    /// <param name="capturesFolder">Where cases lie; it need not exist.</param>
    /// <param name="unreadable">Told of each case that can't be read, which is left out; without it the first one ends the list.</param>
    /// <exception cref="CaseException">A case can't be read, and nobody wants to be told.</exception>
    public static IReadOnlyList<CaseFolder> List(string capturesFolder, Action<CaseException>? unreadable = null)
    {
        var cases = new List<CaseFolder>();
        if (!Directory.Exists(capturesFolder))
        {
            return cases;
        }

        foreach (var path in Directory.EnumerateDirectories(capturesFolder).Order(StringComparer.Ordinal))
        {
            try
            {
                if (File.Exists(System.IO.Path.Combine(path, InfoName)))
                {
                    cases.Add(Open(path));
                }
            }
            catch (CaseException e) when (unreadable is not null)
            {
                unreadable(e);
            }
        }

        return cases;
    }

    /// <summary>Makes a folder that only its owner can enter, unless it is there.</summary>
    internal static void CreatePrivate(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, Private);
        }
    }

    /// <summary>Members that a file leaves out come as null, not as what their property begins with.</summary>
    private static CaseInfo WithDefaults(CaseInfo info) => info with
    {
        AppIds = info.AppIds.IsDefault ? [] : info.AppIds,
        FirstPartyDomains = info.FirstPartyDomains.IsDefault ? [] : info.FirstPartyDomains,
        Profile = (string?)info.Profile ?? "kr",
    };

    private static bool HasEvidence(string path) =>
        Directory.Exists(path) && (File.Exists(System.IO.Path.Combine(path, InfoName)) || Directory.EnumerateFiles(path, "evidence-*").Any());

    private static string Digits(int segment) => segment.ToString("00000", CultureInfo.InvariantCulture);

    private static string PathOf(string capturesFolder, string name)
    {
        return IsSafe(name)
            ? System.IO.Path.GetFullPath(System.IO.Path.Combine(capturesFolder, name))
            : throw new CaseException($"A case's name has 1 to {LongestName} characters that can stand in a folder's name; this one can't be used");
    }

    /// <summary>Also characters that can't be seen, or turn the writing round, are refused: two cases must not look the same.</summary>
    private static bool IsSafe(string name) =>
        name.Length is > 0 and <= LongestName && name.Trim() == name && !name.StartsWith('-') && !name.EndsWith('.')
        && name.EnumerateRunes().All(r => r != Rune.ReplacementChar
            && Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned)
            && !(r.IsAscii && @"/\:*?""<>|".Contains((char)r.Value, StringComparison.Ordinal)));
}
