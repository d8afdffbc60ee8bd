using System.Collections.Immutable;
using TrafficAudit.Capture.Certificates;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;
using TrafficAudit.Examination;
using TrafficAudit.Model;
using TrafficAudit.Pipeline;
using TrafficAudit.Results;
using TrafficAudit.Review.Setup;

namespace TrafficAudit.Setup;

/// <summary>What this installation has, as investigators see it on the review page.</summary>
/// <param name="folder">The case.</param>
/// <param name="sources">What results rest on.</param>
/// <param name="authority">The certificate authority.</param>
/// <param name="places">Where things lie.</param>
/// <param name="time">The clock.</param>
/// <param name="rate">How fast the evidence grows; null when nothing is recorded.</param>
internal sealed class InstallationDesk(
    CaseFolder folder, DataSources sources, CertificateAuthority authority, InstallationPlaces places, TimeProvider time, GrowthRate? rate) : IInstallationSource
{
    public AuthorityReport Authority { get; } = new(
        authority.Certificate.Subject, authority.NotBefore, authority.NotAfter, authority.Sha256Fingerprint, authority.Pem, authority.Der);

    public DataReport Data()
    {
        var now = time.GetUtcNow();
        return new DataReport(
            [.. sources.Databases.Databases.Select(d => new DatabaseReport(
                d.Name, d.Path, d.Type, DatabaseUse.Of(d), d.Built, d.AgeInDays(now), d.IsOutdated(now), d.Sha256, d.Licence))],
            [.. DatabaseAge.Warnings(sources.Databases.Databases, now)],
            [.. sources.Rules.Describe().Select(r => $"{r.Pack} {r.Version}").Distinct(StringComparer.Ordinal)],
            sources.Recipients.Sha256,
            places.GeoData,
            DataSources.RulesOf(places.Captures));
    }

    public StorageReport Storage()
    {
        var segments = folder.Segments.Select(s => new FileInfo(folder.SegmentPath(s))).Where(f => f.Exists).ToList();
        var evidence = segments.Sum(f => f.Length);
        var free = new DriveInfo(folder.Path).AvailableFreeSpace;
        return new StorageReport(
            folder.Path, evidence, segments.Count, SizeOf(folder.IndexFolder), SizeOf(folder.SpoolFolder), free, rate?.Lasts(evidence, free), SealOf(Seal.Newest(folder)),
            [.. Examiner.Examine(sources, places.Home, places.Captures, time).Select(c => new FitnessCheck(c.Part, Token.Of(c.Result), c.Text))]);
    }

    private static long SizeOf(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories).Sum(f => f.Exists ? f.Length : 0) : 0;

    private static SealReport? SealOf(Seal? seal) => seal is null ? null : new SealReport(
        seal.Number, seal.SealedAt, seal.Key, seal.TimestampAuthority, seal.Segments.Sum(s => s.Records), seal.Segments.Sum(s => s.Bytes));
}
