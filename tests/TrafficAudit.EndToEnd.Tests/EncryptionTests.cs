using System.Globalization;
using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using TrafficAudit.EndToEnd.Tests.Running;
using TrafficAudit.Testing.Servers;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>A case that <c>--encrypt</c> made: nothing of it can be read on the disk, and every command works with the passphrase.</summary>
public sealed class EncryptionTests : IDisposable
{
    private const string Host = "secret.shop-cn.example";
    private readonly Laboratory _lab = new();
    private readonly string _passphrase;

    public EncryptionTests()
    {
        _passphrase = _lab.PathOf("passphrase");
        File.WriteAllText(_passphrase, "온달 산성 1234\nnot this line\n");
        Directory.CreateDirectory(_lab.PathOf("tmp"));
    }

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task EncryptedRecording_CanBeReadWithThePassphraseAndInNoOtherWay()
    {
        var (arrived, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var server = await WebServer.StartAsync("127.0.21.71", context => AnswerAsync(context, arrived, gate.Task));
        await using var capture = await CaptureAsync("locked", "127.0.21.71");
        var address = $"http://{Host}:{server.Endpoint.Port}";
        await CurlAsync(capture, $"{address}/hidden-path?em={Laboratory.Email}", "--json", $$"""{ "mobile": "{{Laboratory.Phone}}", "gaid": "{{Laboratory.Gaid}}" }""");
        await CurlAsync(capture, $"{address}/large");

        // An upload that is under way lies in the spool folder.
        await File.WriteAllTextAsync(_lab.PathOf("upload"), Repeated());
        var upload = CurlAsync(capture, $"{address}/upload", "--data-binary", "@" + _lab.PathOf("upload"));
        await arrived.Task;
        Assert.NotEmpty(Directory.EnumerateFiles(Path.Combine(CasePath("locked"), "spool")));
        AssertNothingCanBeRead();
        gate.SetResult();
        await upload;
        await capture.WaitForAsync("#3 ");
        AssertNothingCanBeRead();
        var beside = await Built.RunAsync(_lab, "transfers", "--case", "locked", "--format", "csv");
        Assert.Equal(0, await capture.StopAsync());

        AssertNothingCanBeRead();
        Assert.False(Directory.Exists(Path.Combine(CasePath("locked"), "index")));
        var transfers = await RunAsync("transfers", "--case", "locked", "--format", "csv");
        Assert.Equal(beside.Output, transfers.Output);
        Assert.Matches($"(?m)^\"?email\"?,.*{Host}", transfers.Output);
        Assert.Contains(Laboratory.Phone, (await RunAsync("findings", "--case", "locked", "--reveal")).Output, StringComparison.Ordinal);
        Assert.Contains("/hidden-path", (await RunAsync("show", "--case", "locked", "--flow", "1")).Output, StringComparison.Ordinal);
        Assert.StartsWith("Seal        2: ", (await RunAsync("seal", "--case", "locked")).Output, StringComparison.Ordinal);
        Assert.Contains("Faults      none", (await RunAsync("verify", "--case", "locked")).Output, StringComparison.Ordinal);
        await RunAsync("export", "--case", "locked", "--format", "warc", "--reveal", "--out", _lab.PathOf("out.warc.gz"));
        var exported = await Built.RunOtherAsync("gzip", "-dc", _lab.PathOf("out.warc.gz"));
        Assert.Contains($"WARC-Target-URI: {address}/hidden-path", exported.Output, StringComparison.Ordinal);
        Assert.Equal(2, (await Built.RunAsync(_lab, "export", "--case", "locked", "--format", "ndjson", "--out", "-", "--passphrase-file", _passphrase)).ExitCode);
        await WithoutThePassphraseAsync();
        await File.WriteAllTextAsync(_lab.PathOf("kept.har"), $$"""{ "log": { "version": "1.2", "creator": { "name": "{{Laboratory.Email}}", "version": "1" }, "entries": [] } }""");
        await RunAsync("import", _lab.PathOf("kept.har"), "--case", "locked", "--keep-original");
        Assert.Single(Directory.EnumerateFiles(Path.Combine(CasePath("locked"), "originals"), "*.har.enc"));
        AssertNothingCanBeRead();
    }

    [Fact]
    public async Task ErasedFlows_AreGoneAndTheCaseStillVerifies()
    {
        await using var server = await WebServer.StartAsync("127.0.21.74", context => context.Response.WriteAsync("ok"));
        await using (var capture = await CaptureAsync("erased", "127.0.21.74"))
        {
            await CurlAsync(capture, $"http://{Host}:{server.Endpoint.Port}/hidden-path?em={Laboratory.Email}&n=[1-20]");
            Assert.Equal(0, await capture.StopAsync());
        }

        string[] erase = ["erase", "--case", "erased", "--filter", $"host:{Host} item:email", "--reason", "not needed", "--yes"];
        var locked = await Built.RunAsync(_lab, erase);
        Assert.Equal(2, locked.ExitCode);
        Assert.Contains("--passphrase-file FILE", locked.Error, StringComparison.Ordinal);

        Assert.Contains("Erased      20 flows", (await RunAsync(erase)).Output, StringComparison.Ordinal);

        AssertNothingCanBeRead();
        Assert.Contains("Faults      none", (await RunAsync("verify", "--case", "erased", "--every-record")).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Built.RunAsync(_lab, "verify", "--case", "erased")).ExitCode);
        Assert.DoesNotContain(Laboratory.Email, (await RunAsync("findings", "--case", "erased", "--reveal")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-path", (await RunAsync("show", "--case", "erased", "--flow", "1", "--reveal")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ChangedByte_IsFoundWithAndWithoutThePassphrase()
    {
        await using var server = await WebServer.StartAsync("127.0.21.72", context => context.Response.WriteAsync("ok"));
        await using (var capture = await CaptureAsync("changed", "127.0.21.72"))
        {
            await CurlAsync(capture, $"http://{Host}:{server.Endpoint.Port}/n?i=[1-20]");
            Assert.Equal(0, await capture.StopAsync());
        }

        var segment = Path.Combine(CasePath("changed"), "evidence-00001.warc.gz.enc");
        var bytes = await File.ReadAllBytesAsync(segment);
        bytes[bytes.Length / 2] ^= 1;
        await File.WriteAllBytesAsync(segment, bytes);

        var opened = await RunAsync(1, "verify", "--case", "changed");
        var locked = await Built.RunAsync(_lab, "verify", "--case", "changed");

        Assert.Matches("changed  evidence-00001.warc.gz.enc offset [0-9]+ <urn:uuid:[^ ]+ .*flow ", opened.Output);
        Assert.Equal(1, locked.ExitCode);
        Assert.Contains("are not those that were sealed", locked.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramKilledUnderLoad_HasEveryFlowThatTheTerminalShowed()
    {
        await using var server = await WebServer.StartAsync("127.0.21.73", context => context.Response.WriteAsync("ok"));
        HashSet<long> shown;
        await using (var capture = await CaptureAsync("killed", "127.0.21.73"))
        {
            var load = Built.RunOtherAsync(
                "curl", "-s", "--proxy", $"http://{capture.Proxy}", "--parallel", "--parallel-max", "20", "-o", "/dev/null", $"http://{Host}:{server.Endpoint.Port}/n?i=[1-20000]");
            await capture.WaitForAsync("#", after: 200);
            await Built.RunOtherAsync("kill", "-9", capture.Id.ToString(CultureInfo.InvariantCulture));
            await capture.StopAsync();
            shown = [.. capture.ShownFlows()];
            await load;
        }

        AssertNothingCanBeRead();
        await using (var again = await CaptureAsync("killed", "127.0.21.73"))
        {
            Assert.DoesNotContain("damaged", again.Terminal, StringComparison.OrdinalIgnoreCase);
            Assert.Equal(0, await again.StopAsync());
        }

        var flows = await RunAsync("flows", "--case", "killed", "--format", "ndjson");
        var numbers = flows.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(l => System.Text.Json.JsonDocument.Parse(l).RootElement.GetProperty("flow").GetInt64()).ToList();
        Assert.True(shown.Count > 100);
        Assert.Empty(shown.Except(numbers));
        Assert.Contains("Faults      none", (await RunAsync("verify", "--case", "killed", "--every-record")).Output, StringComparison.Ordinal);
        AssertNothingCanBeRead();
    }

    private async Task WithoutThePassphraseAsync()
    {
        var verified = await Built.RunAsync(_lab, "verify", "--case", "locked");
        Assert.True(verified.ExitCode == 0, verified.Output + verified.Error);
        Assert.Contains("can't be looked at without the passphrase", verified.Output, StringComparison.Ordinal);
        var none = await Built.RunAsync(_lab, "flows", "--case", "locked");
        await File.WriteAllTextAsync(_lab.PathOf("wrong"), "something else\n");
        var wrong = await Built.RunAsync(_lab, "flows", "--case", "locked", "--passphrase-file", _lab.PathOf("wrong"));
        var listed = await Built.RunAsync(_lab, "cases");
        Assert.Contains("locked", listed.Output, StringComparison.Ordinal);
        await File.WriteAllTextAsync(_lab.PathOf("empty.har"), """{ "log": { "version": "1.2", "creator": { "name": "x", "version": "1" }, "entries": [] } }""");
        Assert.Equal(0, (await Built.RunAsync(_lab, "import", _lab.PathOf("empty.har"), "--case", "open")).ExitCode);
        var open = await RunAsync(2, "import", _lab.PathOf("empty.har"), "--case", "open", "--encrypt");
        foreach (var (outcome, text) in new[] { (none, "--passphrase-file FILE"), (wrong, "is not the one of case locked"), (open, "is not encrypted") })
        {
            Assert.Equal(2, outcome.ExitCode);
            Assert.Equal("", outcome.Output);
            Assert.Contains(text, Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        }
    }

    private static async Task AnswerAsync(HttpContext context, TaskCompletionSource arrived, Task gate)
    {
        if (context.Request.Path == "/upload")
        {
            await context.Request.Body.ReadExactlyAsync(new byte[1024 * 1024]);
            arrived.TrySetResult();
            await gate.WaitAsync(context.RequestAborted);
        }

        await context.Request.Body.CopyToAsync(Stream.Null);
        context.Response.ContentType = "text/plain";
        await context.Response.WriteAsync(context.Request.Path == "/large" ? Repeated() : "ok");
    }

    /// <summary>3 MB, more than stays in memory.</summary>
    private static string Repeated() => string.Concat(Enumerable.Repeat($"{Laboratory.Phone} {Laboratory.Email}\n", 3 * 1024 * 1024 / 44));

    private string CasePath(string name) => Path.Combine(_lab.Folder, "captures", name);

    private async Task<CaptureProcess> CaptureAsync(string name, string address)
    {
        var start = Built.StartInfo(
            _lab,
            ["capture", "--case", name, "--encrypt", "--passphrase-file", _passphrase, "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0", "--persona", _lab.Persona,
                "--accept-devices", "all", "--allow-private-destinations", "--resolve", $"{Host}:{address}"]);
        start.Environment["TMPDIR"] = _lab.PathOf("tmp");
        return await CaptureProcess.StartAsync(_lab, start);
    }

    private static async Task CurlAsync(CaptureProcess capture, params IEnumerable<string> arguments)
    {
        var curl = await Built.RunOtherAsync("curl", ["-sS", "--fail", "--proxy", $"http://{capture.Proxy}", "-o", "/dev/null", .. arguments]);
        Assert.True(curl.ExitCode == 0, curl.Error);
    }

    private Task<Outcome> RunAsync(params IEnumerable<string> arguments) => RunAsync(0, arguments);

    private async Task<Outcome> RunAsync(int exitCode, params IEnumerable<string> arguments)
    {
        var outcome = await Built.RunAsync(_lab, [.. arguments, "--passphrase-file", _passphrase]);
        Assert.True(outcome.ExitCode == exitCode, outcome.Output + outcome.Error);
        return outcome;
    }

    /// <summary>Every file that the program may have written, as it is and, where a gzip member may begin, inflated.</summary>
    private void AssertNothingCanBeRead()
    {
        var files = new[] { "captures", "home", "tmp" }.Select(_lab.PathOf).Where(Directory.Exists)
            .SelectMany(f => Directory.EnumerateFiles(f, "*", SearchOption.AllDirectories)).ToList();
        Assert.Contains(files, f => f.EndsWith(".warc.gz.enc", StringComparison.Ordinal));
        // Among them are the runtime's pipes, which have no length.
        foreach (var file in files.Where(f => new FileInfo(f).Length > 0))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            AssertHides(file, bytes);
            for (int at = 0, next; (next = bytes.AsSpan(at).IndexOf((ReadOnlySpan<byte>)[0x1F, 0x8B, 8])) >= 0; at += next + 1)
            {
                AssertHides(file, Inflate(bytes.AsMemory(at + next)));
            }
        }
    }

    private static void AssertHides(string file, ReadOnlySpan<byte> bytes)
    {
        foreach (var text in (string[])[Laboratory.Phone, Laboratory.Email, Laboratory.Gaid, Laboratory.Pccc, Laboratory.Address, "test shopper", Host, "hidden-path", "127.0.21.7"])
        {
            Assert.False(bytes.IndexOf(Encoding.UTF8.GetBytes(text)) >= 0 || bytes.IndexOf(Encoding.Unicode.GetBytes(text)) >= 0, $"{file} holds {text}");
        }
    }

    private static byte[] Inflate(ReadOnlyMemory<byte> bytes)
    {
        using var inflated = new MemoryStream();
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
            gzip.CopyTo(inflated);
        }
        catch (InvalidDataException)
        {
            // No member, or none that is whole: what it gave until then is looked at.
        }

        return inflated.ToArray();
    }
}
