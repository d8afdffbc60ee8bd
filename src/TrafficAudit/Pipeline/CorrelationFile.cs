using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Index;

namespace TrafficAudit.Pipeline;

/// <summary>
/// Keeps a case's last report beside its index, and says whether it is that of the index as it is. Like the index it can be deleted at any time; of an
/// encrypted case it stays in memory.
/// </summary>
internal sealed class CorrelationFile(CaseFolder folder, ICaseIndex index)
{
    private StoredCorrelation? _inMemory;

    /// <summary>
    /// The report of the index as it is; null when there is none. Whoever analyses a flow again must <see cref="Delete"/> it: the number of flows
    /// does not tell that.
    /// </summary>
    public CorrelationReport? Current
    {
        get
        {
            var stored = folder.IsEncrypted ? _inMemory : Read();
            return stored?.Basis == Basis() ? stored.Report : null;
        }
    }

    /// <summary>Forgets the report: the index is about to change.</summary>
    public static void Delete(CaseFolder folder)
    {
        if (Directory.Exists(folder.IndexFolder))
        {
            File.Delete(folder.CorrelationFile);
        }
    }

    /// <summary>What a report made now rests on.</summary>
    public string Basis()
    {
        var text = new StringBuilder(ProgramVersion.Software);
        foreach (var segment in folder.Segments)
        {
            text.Append('\n').Append(segment).Append(' ').Append(index.State(segment) is { } state ? $"{state.Flows} {state.AnalysisVersion}" : "-");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    /// <exception cref="IOException">It can't be written.</exception>
    public void Write(string basis, CorrelationReport report)
    {
        _inMemory = new StoredCorrelation(basis, report);
        if (!folder.IsEncrypted)
        {
            var draft = folder.CorrelationFile + ".part";
            File.WriteAllBytes(draft, JsonSerializer.SerializeToUtf8Bytes(_inMemory, CorrelationJson.Default.StoredCorrelation));
            File.Move(draft, folder.CorrelationFile, overwrite: true);
            _inMemory = null;
        }
    }

    private StoredCorrelation? Read()
    {
        try
        {
            return File.Exists(folder.CorrelationFile)
                ? JsonSerializer.Deserialize(File.ReadAllBytes(folder.CorrelationFile), CorrelationJson.Default.StoredCorrelation)
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or JsonException)
        {
            // It is made again.
            return null;
        }
    }
}
