using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Time.Testing;
using TrafficAudit.Review.Doors;

namespace TrafficAudit.Review.Tests;

public sealed partial class SignInTests
{
    private const string Password = "correct horse battery";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task RightPassword_OpensThePagesUnderTheUsersName()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("검토자 kim", Role.Reviewer, Password);

        using var signedIn = await SignInAsync(review, "검토자 KIM", Password, "?back=%2Ffindings");

        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        Assert.EndsWith("/findings", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith($"trafficaudit-{review.Port}=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        using var page = await review.SendAsync(review.Request(HttpMethod.Get, "/flows", RunningReview.SessionOf(signedIn)));
        Assert.Contains("검토자 kim", WebUtility.HtmlDecode(await page.Content.ReadAsStringAsync(Cancellation)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WrongPasswordAndUnknownName_AnsweredAlike()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);

        using var wrong = await SignInAsync(review, "kim", "wrong horse battery");
        using var unknown = await SignInAsync(review, "lee", Password);

        Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Null(RunningReview.SessionOf(wrong));
        Assert.Null(RunningReview.SessionOf(unknown));
        Assert.Equal(Varying().Replace(await wrong.Content.ReadAsStringAsync(Cancellation), ""), Varying().Replace(await unknown.Content.ReadAsStringAsync(Cancellation), ""));
    }

    [Fact]
    public async Task ManyWrongPasswords_WaitEvenWithTheRightOne_AndNoLongerThanAMinute()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var review = await RunningReview.StartAsync(time: time);
        review.Users.Add("kim", Role.Viewer, Password);
        for (var i = 0; i < 3; i++)
        {
            using var wrong = await SignInAsync(review, "kim", $"wrong horse battery {i}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var early = await SignInAsync(review, "kim", Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, early.StatusCode);
        Assert.Equal("2", early.Headers.GetValues("Retry-After").Single());
        time.Advance(TimeSpan.FromMinutes(1));
        using var later = await SignInAsync(review, "kim", Password);

        Assert.Equal(HttpStatusCode.Found, later.StatusCode);
    }

    [Fact]
    public async Task FormOfAnotherSiteOrWithoutItsToken_Refused()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);
        var foreign = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = Fields("kim", Password, null) };
        foreign.Headers.Add("Origin", "http://site.example");
        var bare = new HttpRequestMessage(HttpMethod.Post, "/sign-in") { Content = Fields("kim", Password, null) };
        bare.Headers.Add("Origin", $"http://127.0.0.1:{review.Port}");

        using var refused = await review.SendAsync(foreign);
        using var unproved = await review.SendAsync(bare);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unproved.StatusCode);
    }

    [Fact]
    public async Task BackToAnotherSite_LeadsToTheFirstPage()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);

        using var signedIn = await SignInAsync(review, "kim", Password, "?back=%2F%2Fsite.example%2F");

        Assert.Equal(HttpStatusCode.Found, signedIn.StatusCode);
        Assert.DoesNotContain("site.example", signedIn.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PageAskedForWithoutSession_LeadsToTheSignInPageAndBack()
    {
        await using var review = await RunningReview.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/flows/12?x=1");
        request.Headers.Accept.ParseAdd("text/html");

        using var response = await review.SendAsync(request);

        Assert.Equal("/sign-in?back=%2Fflows%2F12%3Fx%3D1", response.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task SignInPage_NeedsNoScriptAndSpeaksKorean()
    {
        await using var review = await RunningReview.StartAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, "/sign-in");
        request.Headers.AcceptLanguage.ParseAdd("ko");

        using var response = await review.SendAsync(request);

        var page = WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));
        Assert.Contains("비밀번호", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("invented-case", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OwnPasswordChanged_ThisSessionGoesOnAndTheOthersEnd()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);
        var other = await SessionAsync(review, "kim");
        var own = await SessionAsync(review, "kim");

        using var changed = await PostAsync(review, "/account", own, "password", ("Present", Password), ("Next", "another horse battery"), ("Again", "another horse battery"));

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(review, RunningReview.SessionOf(changed)!));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(review, other));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(review, own));
    }

    [Fact]
    public async Task DamagedList_SaidOnThePageAndInNoDetail()
    {
        await using var review = await RunningReview.StartAsync();
        review.Users.Add("kim", Role.Viewer, Password);
        review.Access.Put("{\"version\": 1, \"users\"");

        using var answer = await SignInAsync(review, "kim", Password);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains("can't be read", WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Cancellation)), StringComparison.Ordinal);
    }

    /// <summary>Signs in and gives the session's cookie.</summary>
    internal static async Task<string> SessionAsync(RunningReview review, string name)
    {
        using var signedIn = await SignInAsync(review, name, Password);
        return RunningReview.SessionOf(signedIn)!;
    }

    internal static async Task<HttpStatusCode> StatusAsync(RunningReview review, string cookie, string path = "/flows")
    {
        using var response = await review.SendAsync(review.Request(HttpMethod.Get, path, cookie));
        return response.StatusCode;
    }

    private static Task<HttpResponseMessage> SignInAsync(RunningReview review, string name, string password, string query = "") =>
        PostAsync(review, "/sign-in" + query, null, "sign-in", ("Name", name), ("Password", password));

    /// <summary>Gets a form as a browser does, and sends it filled in.</summary>
    private static async Task<HttpResponseMessage> PostAsync(RunningReview review, string path, string? session, string form, params (string Name, string Value)[] fields)
    {
        var cookies = new List<string>();
        if (session is not null)
        {
            cookies.Add(session);
        }

        var get = new HttpRequestMessage(HttpMethod.Get, path);
        get.Headers.Add("Cookie", cookies);
        using var page = await review.SendAsync(get);
        cookies.AddRange(page.Headers.GetValues("Set-Cookie").Select(c => c.Split(';')[0]));
        var token = Antiforgery().Match(await page.Content.ReadAsStringAsync(Cancellation)).Groups["token"].Value;
        var post = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(
                fields.Append(("_handler", form)).Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2))),
        };
        post.Headers.Add("Cookie", string.Join("; ", cookies));
        post.Headers.Add("Origin", $"http://127.0.0.1:{review.Port}");
        return await review.SendAsync(post);
    }

    private static FormUrlEncodedContent Fields(string name, string password, string? token) => new(
        new Dictionary<string, string>(StringComparer.Ordinal) { ["Name"] = name, ["Password"] = password, ["_handler"] = "sign-in", ["__RequestVerificationToken"] = token ?? "" });

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Antiforgery();

    // What differs from one answer to the next: the form's token.
    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"[^\"]+\"|<!--[^>]*-->", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Varying();
}
