using System.Globalization;
using TrafficAudit.Evidence.Cases;

namespace TrafficAudit.Evidence.Sealing;

/// <summary>Where the files of a seal lie: <c>seals/00001.json</c> and its companions.</summary>
internal sealed class SealFiles(CaseFolder folder, int number)
{
    public const string FolderName = "seals";

    /// <summary>What five digits can say; so many files may be looked for that are not there.</summary>
    private const int Highest = 99_999;

    private const int LongestJson = 64 * 1024 * 1024;
    private const int LongestOther = 1024 * 1024;

    public int Number => number;

    public string Json => PathOf("json");

    public string Signature => PathOf("sig");

    public string PublicKey => PathOf("pem");

    /// <summary>The request that an authority answers (RFC 3161, TimeStampReq).</summary>
    public string TimestampRequest => PathOf("tsq");

    /// <summary>Its answer (RFC 3161, TimeStampResp).</summary>
    public string Timestamp => PathOf("tsr");

    /// <summary>The digests of all of these, as <c>sha256sum -c</c> reads them.</summary>
    public string Digests => PathOf("sha256");

    /// <summary>Those that <see cref="Digests"/> lists when they are there, the JSON first.</summary>
    public IReadOnlyList<string> Listed => [Json, Signature, PublicKey, TimestampRequest, Timestamp];

    /// <summary>The numbers of the seals of a case, ascending; a seal is there when its JSON is.</summary>
    public static IReadOnlyList<int> NumbersIn(CaseFolder folder)
    {
        var path = FolderOf(folder);
        return Directory.Exists(path)
            ?
            [
                .. Directory.EnumerateFiles(path, "*.json").Select(Path.GetFileNameWithoutExtension)
                    .Select(n => int.TryParse(n, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && Digits(number) == n ? number : 0)
                    .Where(n => n is > 0 and <= Highest)
                    .Order(),
            ]
            : [];
    }

    public static string FolderOf(CaseFolder folder) => Path.Combine(folder.Path, FolderName);

    /// <summary>The path as faults name it.</summary>
    public static string NameOf(string path) => $"{FolderName}/{Path.GetFileName(path)}";

    /// <summary>Reads one of the files; null when it is not there.</summary>
    /// <exception cref="IOException">It can't be read, or is too long to be one.</exception>
    public static byte[]? Read(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > (Path.GetExtension(path) == ".json" ? LongestJson : LongestOther))
            {
                throw new IOException($"{NameOf(path)} is longer than such a file can be");
            }

            var content = new byte[file.Length];
            file.ReadExactly(content);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    private static string Digits(int number) => number.ToString("00000", CultureInfo.InvariantCulture);

    private string PathOf(string extension) => Path.Combine(FolderOf(folder), $"{Digits(number)}.{extension}");
}
