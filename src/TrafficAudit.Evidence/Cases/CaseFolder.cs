using System.Globalization;
using System.Text;
using System.Text.Json;
using TrafficAudit.Evidence.Storage;

namespace TrafficAudit.Evidence.Cases;

/// <summary>A case's folder: where each thing in it lies.</summary>
public sealed class CaseFolder
{
    /// <summary>The file that says what a case is.</summary>
    internal const string InfoName = "case.json";

    /// <summary>How the name below the case's folder of a kept original begins.</summary>
    internal const string OriginalsPrefix = "originals/";

    private const string EncryptedEnding = ".enc";

    private const int LongestName = 80;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly CaseKey? _key;

    private CaseFolder(string path, CaseInfo info, CaseKey? key = null)
    {
        Path = path;
        Info = info;
        _key = key;
        IsEncrypted = info.Encryption is not null;
    }

    /// <summary>The folder's full path.</summary>
    public string Path { get; }

    /// <summary>What <c>case.json</c> says.</summary>
    public CaseInfo Info { get; private set; }

    /// <summary>Whether what it holds lies encrypted on the disk.</summary>
    public bool IsEncrypted { get; private init; }

    /// <summary>Whether a passphrase is wanted before anything in it can be read: <see cref="Unlock"/>.</summary>
    public bool IsLocked => IsEncrypted && _key is null;

    /// <summary>Where the index lies; it can be thrown away. An encrypted case has none.</summary>
    public string IndexFolder => System.IO.Path.Combine(Path, "index");

    /// <summary>What the last correlation over all sessions found: it lies beside the index, and is as disposable.</summary>
    public string CorrelationFile => System.IO.Path.Combine(IndexFolder, "correlation.json");

    /// <summary>The decisions of the journal, copied beside the index so that they need not be looked for in all of the evidence.</summary>
    public string DecisionsFile => System.IO.Path.Combine(IndexFolder, "decisions.json");

    /// <summary>Where bodies that are too large for memory lie until they are recorded.</summary>
    public string SpoolFolder => System.IO.Path.Combine(Path, "spool");

    /// <summary>Where imported files are kept that were wanted to be (<c>--keep-original</c>).</summary>
    public string OriginalsFolder => System.IO.Path.Combine(Path, "originals");

    /// <summary>Numbers of the evidence segments, ascending.</summary>
    public IReadOnlyList<int> Segments =>
    [
        .. Directory.EnumerateFiles(Path, $"evidence-*{SegmentEnding}")
            .Select(f => System.IO.Path.GetFileName(f)["evidence-".Length..^SegmentEnding.Length])
            .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Digits(number) == n ? number : 0)
            .Where(n => n > 0)
            .Order(),
    ];

    private string Ending => IsEncrypted ? EncryptedEnding : "";

    private string SegmentEnding => ".warc.gz" + Ending;

    /// <summary>The file of a segment, as it lies on the disk.</summary>
    public string SegmentPath(int segment) => System.IO.Path.Combine(Path, SegmentName(segment) + Ending);

    /// <summary>The index (CDXJ) of a segment, written when it is sealed, as it lies on the disk.</summary>
    public string CdxjPath(int segment) => System.IO.Path.Combine(Path, $"evidence-{Digits(segment)}.cdxj{Ending}");

    /// <summary>A segment, to be read or written.</summary>
    /// <exception cref="CaseException">The case is locked.</exception>
    internal CaseFile Segment(int segment) => FileAt(SegmentPath(segment));

    /// <summary>The index (CDXJ) of a segment, to be read or written.</summary>
    /// <exception cref="CaseException">The case is locked.</exception>
    internal CaseFile Cdxj(int segment) => FileAt(CdxjPath(segment));

    /// <summary>A file that was imported and is kept, by its name.</summary>
    /// <exception cref="CaseException">The case is locked.</exception>
    internal CaseFile Original(string name) => FileAt(System.IO.Path.Combine(OriginalsFolder, name + Ending));

    /// <summary>Names below the case's folder of the imported files that are kept, in order.</summary>
    internal IEnumerable<string> OriginalNames => !Directory.Exists(OriginalsFolder)
        ? []
        : Directory.EnumerateFiles(OriginalsFolder).Where(f => !f.EndsWith(PrivateFile.DraftEnding, StringComparison.Ordinal)).Select(f => OriginalName(new CaseFile(f))).Order(StringComparer.Ordinal);

    /// <summary>The name below the case's folder of an imported file that is kept.</summary>
    internal string OriginalName(CaseFile original) => OriginalsPrefix + original.Name;

    /// <summary>Where the how many-eth end that was cut off a segment lies.</summary>
    internal string TornPath(CaseFile segment, int number) => $"{segment.Path[..^SegmentEnding.Length]}.torn-{number}{Ending}";

    /// <summary>The name of a segment, as it is when it is not encrypted.</summary>
    internal static string SegmentName(int segment) => $"evidence-{Digits(segment)}.warc.gz";

    /// <summary>Keeps others from opening the index until it is disposed; null when there is no index.</summary>
    /// <exception cref="CaseException">Another process has it open.</exception>
    internal IDisposable? HoldIndex()
    {
        try
        {
            return Directory.Exists(IndexFolder)
                ? PrivateFile.Open(System.IO.Path.Combine(IndexFolder, "lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None)
                : null;
        }
        catch (IOException e)
        {
            throw new CaseException($"The case {Info.Name} is open in another process, such as 'review'; stop that one first", e);
        }
    }

    /// <summary>Deletes what the index, and what was correlated, holds of a segment; it is made again from the segment.</summary>
    /// <exception cref="IOException">A file can't be deleted.</exception>
    internal void DeleteIndexOf(int segment)
    {
        if (!Directory.Exists(IndexFolder))
        {
            return;
        }

        File.Delete(CorrelationFile);
        File.Delete(DecisionsFile);
        foreach (var file in Directory.EnumerateFiles(IndexFolder, $"{Digits(segment)}*"))
        {
            File.Delete(file);
        }
    }

    /// <summary>Creates a case.</summary>
    /// <param name="capturesFolder">Where cases lie.</param>
    /// <param name="info">What <c>case.json</c> is to say.</param>
    /// <param name="passphrase">Encrypts the case; null for a case that is not.</param>
    /// <exception cref="CaseException">The name can't be a folder's, the case exists, or the folder can't be written.</exception>
    public static CaseFolder Create(string capturesFolder, CaseInfo info, string? passphrase = null)
    {
        ArgumentNullException.ThrowIfNull(info);
        CaseKey? key = null;
        if (passphrase is not null)
        {
            (var encryption, key) = CaseEncryption.Create(passphrase);
            info = info with { Encryption = encryption };
        }

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

        return new CaseFolder(path, Open(path).Info, key);
    }

    /// <summary>The same case with what it holds readable.</summary>
    /// <exception cref="CaseException">It is not this passphrase's, or the case is encrypted in a way that this program does not know.</exception>
    public CaseFolder Unlock(string passphrase)
    {
        ArgumentNullException.ThrowIfNull(passphrase);
        return !IsLocked ? this
            : Info.Encryption is not { } encryption
                ? throw new CaseException($"The case {Info.Name} is encrypted, and its {InfoName} does not say how; restore that file from a copy")
            : encryption.Open(passphrase) is { } key ? new CaseFolder(Path, Info, key)
            : throw new CaseException($"The passphrase is not the one of case {Info.Name}");
    }

    /// <summary>
    /// Writes <c>case.json</c> anew. A seal covers that file: whoever changes it notes that in the journal before, and seals the case anew afterwards.
    /// </summary>
    /// <param name="change">Gives what is to be said; name, creation and encryption stay.</param>
    /// <exception cref="CaseException">The file can't be written; it is as it was.</exception>
    public void Change(Func<CaseInfo, CaseInfo> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        var info = change(Info) with { Name = Info.Name, Created = Info.Created, ToolVersion = Info.ToolVersion, Encryption = Info.Encryption };
        try
        {
            PrivateFile.Write(System.IO.Path.Combine(Path, InfoName), JsonSerializer.SerializeToUtf8Bytes(info, CaseJson.Default.CaseInfo));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CaseException($"{System.IO.Path.Combine(Path, InfoName)} can't be written ({e.Message}); check the disk and the folder's rights", e);
        }

        Info = info;
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
            if (info.Encryption is null && HasEncrypted(path))
            {
                throw new CaseException($"{file} does not say how the case is encrypted, and it is; restore it from a copy");
            }

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
        if (!HasEvidence(path))
        {
            return null;
        }

        var encryption = EncryptionOf(path);
        return new CaseFolder(path, new CaseInfo { Name = name, Created = default, ToolVersion = "", Encryption = encryption })
        {
            IsEncrypted = encryption is not null || HasEncrypted(path),
        };
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

    private static CaseEncryption? EncryptionOf(string path)
    {
        try
        {
            return Open(path).Info.Encryption;
        }
        catch (CaseException)
        {
            // Verification says what is wrong with it.
            return null;
        }
    }

    private static bool HasEncrypted(string path) => Directory.EnumerateFiles(path, $"evidence-*{EncryptedEnding}").Any();

    private static bool HasEvidence(string path) =>
        Directory.Exists(path) && (File.Exists(System.IO.Path.Combine(path, InfoName)) || Directory.EnumerateFiles(path, "evidence-*").Any());

    private CaseFile FileAt(string path) => IsLocked
        ? throw new CaseException($"The case {Info.Name} is encrypted, and was not given its passphrase")
        : new CaseFile(path, _key);

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
