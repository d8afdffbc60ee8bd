using System.Security.Cryptography;
using System.Text;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Evidence.Walking;

namespace TrafficAudit.Evidence.Verification;

/// <summary>Verifies the seals themselves: that each is signed, follows the one before it, and is stamped when it says so.</summary>
internal sealed class SealCheck(CaseFolder folder, VerifyOptions options, FaultList faults)
{
    private readonly List<SealTimestamp> _timestamps = [];

    public IReadOnlyList<SealTimestamp> Timestamps => _timestamps;

    /// <summary>The seals that are signed, ascending.</summary>
    /// <exception cref="IOException">A file can't be read.</exception>
    public IReadOnlyList<Seal> Run()
    {
        var numbers = SealFiles.NumbersIn(folder);
        var sound = new List<Seal>();
        string? previous = null;
        for (var number = 1; number <= (numbers is [.., var last] ? last : 0); number++)
        {
            if (StoredSeal.Read(folder, number) is not { } stored)
            {
                faults.Add(FaultKind.Missing, SealFiles.NameOf(new SealFiles(folder, number).Json), null, null, $"seal {number} is not there, a later one is");
                previous = null;
                continue;
            }

            if (Check(stored, previous, isAfterGap: previous is null && number > 1) is { } seal)
            {
                sound.Add(seal);
            }

            previous = stored.Sha256;
        }

        CheckLeftOver(numbers);
        CheckLodgedKey(sound);
        return sound;
    }

    private Seal? Check(StoredSeal stored, string? previous, bool isAfterGap)
    {
        var files = stored.Files;
        var name = SealFiles.NameOf(files.Json);
        CheckDigests(files);
        var signature = Require(files.Signature);
        var pem = Require(files.PublicKey);
        if (stored.Seal is not { } seal || seal.Number != files.Number)
        {
            faults.Add(FaultKind.Changed, name, null, null, "it is no seal of this number");
            return null;
        }

        if (signature is null || pem is null || !IsSigned(stored, seal, signature, pem))
        {
            return null;
        }

        if (seal.Previous != previous && !isAfterGap)
        {
            faults.Add(FaultKind.Changed, name, null, null, "it names another seal before it than the one that is there");
        }

        CheckTimestamp(files, seal, signature);
        return seal;
    }

    private bool IsSigned(StoredSeal stored, Seal seal, byte[] signature, byte[] pem)
    {
        var files = stored.Files;
        using var key = ECDsa.Create();
        try
        {
            var text = Encoding.ASCII.GetString(pem);
            key.ImportFromPem(text);
            if (key.ExportSubjectPublicKeyInfoPem() + "\n" != text)
            {
                faults.Add(FaultKind.Changed, SealFiles.NameOf(files.PublicKey), null, null, "it is not as it was written");
            }
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException or NotSupportedException)
        {
            faults.Add(FaultKind.BadSignature, SealFiles.NameOf(files.PublicKey), null, null, "it is no public key in PEM");
            return false;
        }

        if (SealingKey.FingerprintOf(key) != seal.Key)
        {
            faults.Add(FaultKind.BadSignature, SealFiles.NameOf(files.PublicKey), null, null, $"it is not the key that seal {seal.Number} names");
            return false;
        }

        if (!key.VerifyData(stored.Json, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence))
        {
            faults.Add(
                FaultKind.BadSignature, SealFiles.NameOf(files.Signature), null, null, $"it is not the signature of {SealFiles.NameOf(files.Json)} by the key beside it");
            return false;
        }

        return true;
    }

    private void CheckTimestamp(SealFiles files, Seal seal, byte[] signature)
    {
        var name = SealFiles.NameOf(files.Timestamp);
        if (SealFiles.Read(files.Timestamp) is not { } response)
        {
            if (seal.TimestampAuthority is not null)
            {
                faults.Add(FaultKind.Missing, name, null, null, $"seal {seal.Number} says that it was stamped");
            }

            return;
        }

        try
        {
            var timestamp = Timestamp.Read(response, signature, options.TimestampRoots);
            if (options.TimestampRoots is not null && timestamp.Distrust is { } why)
            {
                faults.Add(FaultKind.BadTimestamp, name, null, null, $"its certificate does not lead to one of the trusted roots ({why})");
            }

            _timestamps.Add(new SealTimestamp(seal.Number, timestamp));
        }
        catch (TimestampException e)
        {
            faults.Add(FaultKind.BadTimestamp, name, null, null, $"{e.Message}");
        }
    }

    private void CheckDigests(SealFiles files)
    {
        if (Require(files.Digests) is not { } content)
        {
            return;
        }

        var text = Encoding.ASCII.GetString(content);
        var name = SealFiles.NameOf(files.Digests);
        var before = faults.Count;
        foreach (var path in files.Listed)
        {
            var line = SealDigests.Text([path]);
            if (line.Length > 0 && !text.Contains(line, StringComparison.Ordinal))
            {
                faults.Add(FaultKind.DigestsDisagree, SealFiles.NameOf(path), null, null, $"{name} has another digest of it, or none");
            }
            else if (line.Length == 0 && text.Contains($"  {SealFiles.NameOf(path)}\n", StringComparison.Ordinal))
            {
                faults.Add(FaultKind.Missing, SealFiles.NameOf(path), null, null, $"{name} names it");
            }
        }

        if (faults.Count == before && SealDigests.Text(files.Listed) != text)
        {
            faults.Add(FaultKind.Changed, name, null, null, "it is not as it was written");
        }
    }

    /// <summary>A seal whose JSON was taken away leaves its other files; a program that was killed while sealing leaves no digests of them.</summary>
    private void CheckLeftOver(IReadOnlyList<int> numbers)
    {
        var path = SealFiles.FolderOf(folder);
        foreach (var file in Directory.Exists(path) ? Directory.EnumerateFiles(path, "*.sha256") : [])
        {
            var json = Path.ChangeExtension(file, ".json");
            if (!File.Exists(json) && !(int.TryParse(Path.GetFileNameWithoutExtension(file), out var number) && number < (numbers is [.., var last] ? last : 0)))
            {
                faults.Add(FaultKind.Missing, SealFiles.NameOf(json), null, null, $"{SealFiles.NameOf(file)} names it; it was taken away, or the program was ended while it sealed");
            }
        }
    }

    private void CheckLodgedKey(List<Seal> sound)
    {
        if (options.Key is not { } lodged)
        {
            return;
        }

        var wanted = lodged.Replace(":", "", StringComparison.Ordinal).ToLowerInvariant();
        var name = SealFiles.FolderName;
        if (sound is not [.., var newest])
        {
            faults.Add(FaultKind.OtherKey, name, null, null, $"there is no seal by the key {wanted}");
        }
        else if (newest.Key != wanted)
        {
            faults.Add(FaultKind.OtherKey, name, null, null, $"seal {newest.Number} is by the key {newest.Key}, not by {wanted}");
        }
    }

    private byte[]? Require(string path)
    {
        var content = SealFiles.Read(path);
        if (content is null)
        {
            faults.Add(FaultKind.Missing, SealFiles.NameOf(path), null, null, "every seal has one");
        }

        return content;
    }
}
