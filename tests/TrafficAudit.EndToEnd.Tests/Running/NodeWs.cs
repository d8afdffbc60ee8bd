namespace TrafficAudit.EndToEnd.Tests.Running;

/// <summary>Node's <c>ws</c> package as a client, installed by its version into the lab's folder.</summary>
internal static class NodeWs
{
    private const string Package = "ws@8.18.3";

    private const string Script = """
        const http = require('node:http'), tls = require('node:tls'), fs = require('node:fs'), { WebSocket } = require('ws');
        const [proxy, ca, host, port, text] = process.argv.slice(2);
        const [proxyHost, proxyPort] = proxy.split(':');
        http.request({ host: proxyHost, port: proxyPort, method: 'CONNECT', path: `${host}:${port}` }).on('connect', (_, socket) => {
          const secure = tls.connect({ socket, servername: host, ca: fs.readFileSync(ca) });
          const client = new WebSocket(`wss://${host}:${port}/socket`, { createConnection: () => secure, perMessageDeflate: { threshold: 0 } });
          client.on('open', () => client.send(text));
          client.on('message', data => { console.log(client.extensions, data.toString()); client.close(1000); });
          client.on('error', e => { console.error(e); process.exitCode = 1; });
          client.on('close', () => socket.destroy());
        }).end();
        """;

    /// <summary>Installs it; null when that worked, else why not.</summary>
    public static async Task<string?> InstallAsync(Laboratory lab)
    {
        await File.WriteAllTextAsync(lab.PathOf("say.cjs"), Script);
        try
        {
            var outcome = await Built.RunOtherAsync("npm", "install", "--prefix", lab.Folder, "--no-audit", "--no-fund", "--loglevel", "error", Package);
            return outcome.ExitCode == 0 ? null : outcome.Error;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return $"npm is not installed (apt-get install npm): {e.Message}";
        }
    }

    /// <summary>Sends a text and prints the answer.</summary>
    public static Task<Outcome> SayAsync(Laboratory lab, string proxy, string authority, string host, int port, string text) =>
        Built.RunOtherAsync("node", lab.PathOf("say.cjs"), proxy, authority, host, $"{port}", text);
}
