namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>Judges of exports that others have written, from npm by their versions: the schema of HAR 1.2, and Web Crypto for a WACZ's signature.</summary>
internal static class ExportReaders
{
    private const string Schema = """
        const Ajv = require('ajv'), schemas = require('har-schema'), fs = require('fs');
        const ajv = new Ajv({ allErrors: true });
        ajv.addMetaSchema(require('ajv/lib/refs/json-schema-draft-06.json'));
        for (const schema of Object.values(schemas)) ajv.addSchema(schema);
        const validate = ajv.getSchema('har.json#');
        console.log(validate(JSON.parse(fs.readFileSync(process.argv[2]))) ? 'valid' : JSON.stringify(validate.errors.slice(0, 5)));
        """;

    private const string Signature = """
        const { webcrypto, createHash } = require('crypto'), fs = require('fs');
        const digest = JSON.parse(fs.readFileSync(process.argv[2])), signed = digest.signedData;
        const hash = 'sha256:' + createHash('sha256').update(fs.readFileSync(process.argv[3])).digest('hex');
        webcrypto.subtle.importKey('spki', Buffer.from(signed.publicKey, 'base64'), { name: 'ECDSA', namedCurve: 'P-256' }, true, ['verify'])
          .then(key => webcrypto.subtle.verify({ name: 'ECDSA', hash: 'SHA-256' }, key, Buffer.from(signed.signature, 'base64'), Buffer.from(signed.hash)))
          .then(isRight => console.log(isRight && hash === signed.hash && hash === digest.hash ? 'verified' : 'wrong'));
        """;

    /// <summary>Installs them; null when that worked, else why not.</summary>
    public static async Task<string?> InstallAsync(Laboratory lab)
    {
        await File.WriteAllTextAsync(lab.PathOf("schema.cjs"), Schema);
        await File.WriteAllTextAsync(lab.PathOf("signature.cjs"), Signature);
        try
        {
            var outcome = await Built.RunOtherAsync(
                "npm", "install", "--prefix", lab.Folder, "--no-audit", "--no-fund", "--loglevel", "error", "har-schema@2.0.0", "ajv@6.12.6");
            return outcome.ExitCode == 0 ? null : outcome.Error;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"npm is not installed (apt-get install npm): {e.Message}";
        }
    }

    /// <summary><c>valid</c>, or what is not.</summary>
    public static async Task<string> SchemaAsync(Laboratory lab, string har) => (await Built.RunOtherAsync("node", lab.PathOf("schema.cjs"), har)).Output.Trim();

    /// <summary><c>verified</c>, or not.</summary>
    public static async Task<string> SignatureAsync(Laboratory lab, string digest, string manifest) =>
        (await Built.RunOtherAsync("node", lab.PathOf("signature.cjs"), digest, manifest)).Output.Trim();
}
