using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace TrafficAudit.Testing.Servers;

/// <summary>A timestamping authority of its own (RFC 3161): <c>openssl ts</c> behind a real web server. Everything it is made of lies in its folder.</summary>
public sealed class TimestampServer : IAsyncDisposable
{
    private const string Configuration = """
        [ tsa ]
        default_tsa = lab
        [ lab ]
        serial = serial
        crypto_device = builtin
        signer_digest = sha256
        default_policy = 1.2.3.4.1
        digests = sha256
        accuracy = secs:1
        ordering = no
        tsa_name = no
        ess_cert_id_chain = no
        ess_cert_id_alg = sha256
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly SemaphoreSlim _one = new(1, 1);
    private WebServer? _server;

    private TimestampServer()
    {
    }

    /// <summary>Its address.</summary>
    public Uri Address => new($"http://{_server!.Endpoint}/tsa");

    /// <summary>The root that its certificate leads to (PEM).</summary>
    public string Root => _folder.File("root.pem");

    /// <summary>How many requests it has answered.</summary>
    public int Answered { get; private set; }

    /// <summary>Starts it.</summary>
    /// <param name="address">A loopback address that nobody else uses.</param>
    public static async Task<TimestampServer> StartAsync(string address)
    {
        var authority = new TimestampServer();
        await File.WriteAllTextAsync(authority._folder.File("tsa.cnf"), Configuration);
        await File.WriteAllTextAsync(authority._folder.File("serial"), "01\n");
        await File.WriteAllTextAsync(authority._folder.File("tsa.ext"), "extendedKeyUsage = critical,timeStamping\nkeyUsage = critical,digitalSignature\nbasicConstraints = CA:FALSE\n");
        await authority.RunAsync("req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout root.key -out root.pem -subj /CN=lab-timestamp-root -days 30");
        await authority.RunAsync("req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout tsa.key -out tsa.csr -subj /CN=lab-timestamps");
        await authority.RunAsync("x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -out tsa.pem -days 20 -extfile tsa.ext");
        authority._server = await WebServer.StartAsync(address, authority.AnswerAsync);
        return authority;
    }

    /// <summary>The answer to a request, without a network.</summary>
    public async Task<byte[]> AnswerAsync(byte[] request)
    {
        await _one.WaitAsync();
        try
        {
            await File.WriteAllBytesAsync(_folder.File("request.tsq"), request);
            await RunAsync("ts -reply -config tsa.cnf -queryfile request.tsq -signer tsa.pem -inkey tsa.key -chain root.pem -out answer.tsr");
            Answered++;
            return await File.ReadAllBytesAsync(_folder.File("answer.tsr"));
        }
        finally
        {
            _one.Release();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server!.DisposeAsync();
        _one.Dispose();
        _folder.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        using var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request);
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.Body.WriteAsync(await AnswerAsync(request.ToArray()));
    }

    private async Task RunAsync(string arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments.Split(' '))
        {
            WorkingDirectory = _folder.Path, UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        await output;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"openssl {arguments}: {error}");
        }
    }
}
