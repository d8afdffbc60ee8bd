using System.Text.RegularExpressions;
using TrafficAudit.EndToEnd.Tests.Running;

namespace TrafficAudit.EndToEnd.Tests;

/// <summary>Users, tokens and HTTPS of the review page, with the built program and curl.</summary>
public sealed partial class AccessTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly Laboratory _lab = new();

    public void Dispose() => _lab.Dispose();

    [Fact]
    public async Task AddedUser_SignsInWithCurl_AndAViewerChangesNothing()
    {
        await AddUserAsync("kim", "viewer");
        await using var capture = await CaptureProcess.StartAsync(_lab, "access");
        var origin = capture.Review.GetLeftPart(UriPartial.Authority);

        var signedIn = await SignInAsync(origin, "kim", Password);

        Assert.Contains(" 302", signedIn, StringComparison.Ordinal);
        Assert.Contains("kim", (await CurlAsync("--fail", $"{origin}/flows")).Output, StringComparison.Ordinal);
        Assert.Equal("403", await StatusAsync($"{origin}/setup/users"));
        Assert.Equal("403", await StatusAsync($"{origin}/devices/code.svg"));

        await RunAsync("users", "remove", "kim");
        Assert.Equal("401", await StatusAsync($"{origin}/flows"));
        Assert.Equal(0, await capture.StopAsync());
    }

    [Fact]
    public async Task Token_OpensTheApiAsFarAsItsRoleGoes_UntilItIsRevoked()
    {
        await using var capture = await CaptureProcess.StartAsync(_lab, "access");
        var origin = capture.Review.GetLeftPart(UriPartial.Authority);
        var token = (await RunAsync("tokens", "create", "wall", "--role", "viewer")).Trim();

        Assert.Equal("200", await StatusAsync($"{origin}/api/v1/status", "-H", $"Authorization: Bearer {token}"));
        Assert.Equal("403", await StatusAsync($"{origin}/api/v1/phase", "-H", $"Authorization: Bearer {token}", "-d", "{\"name\":\"checkout\"}"));
        Assert.Equal("403", await StatusAsync($"{origin}/api/v1/results/findings?reveal=", "-H", $"Authorization: Bearer {token}"));
        Assert.Contains("wall", await RunAsync("tokens", "list"), StringComparison.Ordinal);

        await RunAsync("tokens", "revoke", "wall");
        Assert.Equal("401", await StatusAsync($"{origin}/api/v1/status", "-H", $"Authorization: Bearer {token}"));
        Assert.DoesNotContain(token, await File.ReadAllTextAsync(Path.Combine(_lab.Folder, "home", "users.json"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OffLoopback_SpeaksHttpsOnly_AndCommandsReachIt()
    {
        await using var capture = await CaptureProcess.StartAsync(
            _lab,
            [
                "capture", "--case", "tls", "--listen", "127.0.0.1:0", "--review", "0.0.0.0:0", "--accept-devices", "all", "--persona", _lab.Persona,
            ],
            new Dictionary<string, string>(StringComparer.Ordinal));
        var port = capture.Review.Port;

        Assert.Equal("https", capture.Review.Scheme);
        var entered = await Built.RunOtherAsync("curl", "-sS", "-i", "--noproxy", "*", "--cacert", capture.Authority, capture.Review.AbsoluteUri);
        Assert.Contains("; secure;", entered.Output, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("This address speaks HTTPS only: write https:// in front of it.\n", (await CurlAsync($"http://127.0.0.1:{port}/")).Output);
        Assert.NotEqual(0, (await CurlAsync($"https://127.0.0.1:{port}/")).ExitCode);
        Assert.Contains("certificate SHA-256 ", capture.Terminal, StringComparison.Ordinal);
        await RunAsync("phase", "checkout", "--case", "tls");
        Assert.Equal(0, await capture.StopAsync());
    }

    [Fact]
    public async Task CommandsThatReveal_AreInTheJournal()
    {
        await using var capture = await CaptureProcess.StartAsync(_lab, "access", "--operator", "Kim Gildong");

        await RunAsync("findings", "--case", "access", "--reveal", "--filter", "host:shop.example");

        Assert.Equal(0, await capture.StopAsync());
        var segment = await Built.RunOtherAsync("gzip", "-dc", Path.Combine(_lab.Folder, "captures", "access", "evidence-00001.warc.gz"));
        Assert.Matches("\"kind\":\"revealed\".*Kim Gildong.*investigator.*findings.*host:shop.example", segment.Output);
    }

    [Fact]
    public async Task WrongInput_OneLineAndExitCode2()
    {
        await AddUserAsync("kim", "viewer");
        await File.WriteAllTextAsync(_lab.PathOf("short"), "eleven char\n", TestContext.Current.CancellationToken);
        await AssertRefusedAsync("12", "users", "add", "lee", "--role", "viewer", "--password-file", _lab.PathOf("short"));
        await AssertRefusedAsync("KIM already", "users", "add", "KIM", "--role", "viewer", "--password-file", _lab.PathOf("password"));
        await AssertRefusedAsync("no user", "users", "remove", "lee");
        await AssertRefusedAsync("--password-file", "users", "password", "kim");
        await AssertRefusedAsync("--review-session", "review", "--review-session", "0");

        await File.WriteAllTextAsync(Path.Combine(_lab.Folder, "home", "users.json"), "{\"version\": 1", TestContext.Current.CancellationToken);
        await AssertRefusedAsync("users.json is damaged", "users", "list");
        await AssertRefusedAsync("users.json is damaged", "capture", "--case", "damaged", "--listen", "127.0.0.1:0", "--review", "127.0.0.1:0");
        Assert.False(Directory.Exists(Path.Combine(_lab.Folder, "captures", "damaged")));
    }

    private async Task AddUserAsync(string name, string role)
    {
        await File.WriteAllTextAsync(_lab.PathOf("password"), Password + "\n", TestContext.Current.CancellationToken);
        await RunAsync("users", "add", name, "--role", role, "--password-file", _lab.PathOf("password"));
    }

    /// <summary>Gets the form and sends it, as a browser without script; gives the answer's status line.</summary>
    private async Task<string> SignInAsync(string origin, string name, string password)
    {
        var form = await CurlAsync("--fail", $"{origin}/sign-in");
        var proof = FormToken().Match(form.Output).Groups["token"].Value;
        var answer = await CurlAsync(
            "-i", "-H", $"Origin: {origin}", "--data-urlencode", $"Name={name}", "--data-urlencode", $"Password={password}",
            "--data-urlencode", "_handler=sign-in", "--data-urlencode", $"__RequestVerificationToken={proof}", $"{origin}/sign-in");
        return answer.Output.Split('\n')[0];
    }

    private async Task<string> StatusAsync(string url, params IEnumerable<string> more) =>
        (await CurlAsync(["-o", _lab.PathOf("answer"), "-w", "%{http_code}", url, .. more])).Output;

    private Task<Outcome> CurlAsync(params IEnumerable<string> arguments) =>
        Built.RunOtherAsync("curl", ["-sS", "--noproxy", "*", "-b", _lab.PathOf("cookies"), "-c", _lab.PathOf("cookies"), .. arguments]);

    private async Task<string> RunAsync(params IEnumerable<string> arguments)
    {
        var outcome = await Built.RunAsync(_lab, arguments);
        Assert.True(outcome.ExitCode == 0, outcome.Error);
        return outcome.Output;
    }

    private async Task AssertRefusedAsync(string why, params IEnumerable<string> arguments)
    {
        var outcome = await Built.RunAsync(_lab, arguments);
        Assert.Equal(2, outcome.ExitCode);
        Assert.Contains(why, Assert.Single(outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex FormToken();
}
