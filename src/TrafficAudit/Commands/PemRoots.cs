using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using TrafficAudit.CommandLine;

namespace TrafficAudit.Commands;

/// <summary>Certificates that an option names to be trusted.</summary>
internal static class PemRoots
{
    /// <exception cref="InputException">A file can't be read, or holds none.</exception>
    public static X509Certificate2Collection Read(IEnumerable<string> files, string option)
    {
        var roots = new X509Certificate2Collection();
        foreach (var file in files)
        {
            var before = roots.Count;
            try
            {
                roots.ImportFromPemFile(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
            {
                throw new InputException($"{option} {file} can't be read ({e.Message}); give a file of certificates in PEM", e);
            }

            if (roots.Count == before)
            {
                throw new InputException($"{option} {file} holds no certificate in PEM");
            }
        }

        return roots;
    }
}
