using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.CommandLine;
using TrafficAudit.Evidence.Sealing;

namespace TrafficAudit.Sealing;

/// <summary>The key with which this installation seals: made on first use, kept in the home folder, readable by its owner alone.</summary>
internal static class InstallationKey
{
    private const string FileName = "seal-key.pem";
    private const int LargestFile = 64 * 1024;

    /// <summary>Loads the key of <paramref name="home"/>; makes it when there is none. Processes that start together end up with one.</summary>
    /// <exception cref="InputException">The file is open to others, damaged or can't be read; it is never overwritten.</exception>
    public static SealingKey LoadOrCreate(string home)
    {
        try
        {
            var folder = HomeFolder.Open(home);
            if (folder.Read(FileName, LargestFile) is null)
            {
                folder.TryCreate(FileName, Encoding.ASCII.GetBytes(SealingKey.NewPem()));
            }

            if (folder.IsOpenToOthers(FileName))
            {
                throw Unusable(folder, "others may read this private key", "run chmod 600 on it, and move it away instead if somebody may have copied it");
            }

            // Read back also what this process made: when another one was first, its key is the one that counts.
            return SealingKey.FromPem(Encoding.ASCII.GetString(folder.Read(FileName, LargestFile) ?? []));
        }
        catch (Exception e) when (e is CryptographicException or InvalidDataException)
        {
            throw Unusable(HomeFolder.Open(home), "it is no PEM file with a P-256 key", "put your copy back, or move it away to have a new one made", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new InputException($"The sealing key can't be kept in {home}: {e.Message}", e);
        }
    }

    private static InputException Unusable(HomeFolder folder, string why, string remedy, Exception? inner = null) =>
        new($"The sealing key {folder.PathOf(FileName)} can't be used: {why}; {remedy}", inner);
}
