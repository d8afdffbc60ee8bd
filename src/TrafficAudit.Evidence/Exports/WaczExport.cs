using System.IO.Compression;
using System.Text;
using TrafficAudit.Evidence.Cases;
using TrafficAudit.Evidence.Sealing;

namespace TrafficAudit.Evidence.Exports;

/// <summary>
/// WACZ 1.1.1 (https://specs.webrecorder.net/wacz/1.1.1/): a ZIP of the WARC file, its index, its pages, a manifest with a digest of each, and that manifest's
/// digest with a signature (https://specs.webrecorder.net/wacz-auth/0.1.0/, anonymous form).
/// </summary>
public sealed class WaczExport : IFlowExport
{
    private const string WarcName = "data.warc.gz";

    private readonly string _path;
    private readonly ExportInfo _info;
    private readonly SealingKey _key;
    private readonly string _warcPath;
    private readonly WarcExport _warc;
    private readonly FileStream _pages;

    /// <summary>Begins the file; its parts lie beside it until it is complete.</summary>
    /// <param name="path">Where; there must be no file of this name.</param>
    /// <param name="info">What it says of itself.</param>
    /// <param name="key">Signs it.</param>
    /// <exception cref="IOException">It can't be written.</exception>
    public WaczExport(string path, ExportInfo info, SealingKey key)
    {
        ArgumentNullException.ThrowIfNull(info);
        _path = path;
        _info = info;
        _key = key;
        _warcPath = path + ".warc";
        _warc = new WarcExport(_warcPath, info, WarcName);
        _pages = PrivateFile.Open(path + ".pages", FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        WritePage(WaczPage.Heading);
    }

    /// <inheritdoc/>
    public void Add(ExportedFlow flow)
    {
        ArgumentNullException.ThrowIfNull(flow);
        _warc.Add(flow);
        if (WaczPage.Of(flow.Flow) is { } page)
        {
            WritePage(page);
        }
    }

    /// <inheritdoc/>
    public void Complete()
    {
        _warc.Complete();
        using var file = PrivateFile.Open(_path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        var package = new WaczPackage(zip, _info.Created);

        // Stored, so that a reader can take single records out of it.
        package.Add($"archive/{WarcName}", CompressionLevel.NoCompression, output =>
        {
            using var warc = File.OpenRead(_warcPath);
            warc.CopyTo(output);
        });
        package.Add("indexes/index.cdx", CompressionLevel.Fastest, output => WaczIndex.Write(_warcPath, WarcName, output));
        package.Add("pages/pages.jsonl", CompressionLevel.Fastest, output =>
        {
            _pages.Position = 0;
            _pages.CopyTo(output);
        });
        package.Complete(_info, _key);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _warc.Dispose();
        _pages.Dispose();
        File.Delete(_warcPath);
        File.Delete(_pages.Name);
    }

    private void WritePage(string line) => _pages.Write(Encoding.UTF8.GetBytes(line + "\n"));
}
