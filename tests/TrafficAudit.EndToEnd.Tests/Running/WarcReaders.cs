namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>Readers of WARC files that others have written, from npm by their versions.</summary>
internal static class WarcReaders
{
    private const string WithWarcio = """
        import { WARCParser } from 'warcio'; import fs from 'node:fs';
        for await (const record of new WARCParser(fs.createReadStream(process.argv[2]))) {
          const block = await record.readFully(false);
          console.log(`${record.warcType} ${record.warcHeaders.headers.get('WARC-Record-ID')} ${block ? block.length : 0}`);
        }
        """;

    // The package's end of stream calls back twice, which Node 20 reports when every record has been read.
    private const string WithNodeWarc = """
        const { WARCStreamTransform } = require('node-warc'); const fs = require('fs'), zlib = require('zlib');
        process.on('uncaughtException', e => { if (e.code !== 'ERR_MULTIPLE_CALLBACK') { throw e; } });
        fs.createReadStream(process.argv[2]).pipe(zlib.createGunzip()).pipe(new WARCStreamTransform())
          .on('data', record => console.log(`${record.warcType} ${record.warcHeader['WARC-Record-ID']} ${record.content.length}`));
        """;

    /// <summary>Installs them; null when that worked, else why not.</summary>
    public static async Task<string?> InstallAsync(Laboratory lab)
    {
        await File.WriteAllTextAsync(lab.PathOf("warcio.mjs"), WithWarcio);
        await File.WriteAllTextAsync(lab.PathOf("node-warc.cjs"), WithNodeWarc);
        try
        {
            var outcome = await Built.RunOtherAsync(
                "npm", "install", "--prefix", lab.Folder, "--no-audit", "--no-fund", "--loglevel", "error", "warcio@2.4.11", "node-warc@3.3.1");
            return outcome.ExitCode == 0 ? null : outcome.Error;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"npm is not installed (apt-get install npm): {e.Message}";
        }
    }

    /// <summary>Type, id and length of the block of each record that the reader finds.</summary>
    public static async Task<string[]> ReadAsync(Laboratory lab, string script, string warc)
    {
        var outcome = await Built.RunOtherAsync("node", lab.PathOf(script), warc);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    /// <summary>The lines of warcio's own index (CDXJ).</summary>
    public static async Task<string[]> IndexAsync(Laboratory lab, string warc)
    {
        var outcome = await Built.RunOtherAsync("node", Path.Combine(lab.Folder, "node_modules", "warcio", "dist", "cli.js"), "cdx-index", warc);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
