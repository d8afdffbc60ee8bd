using System.CommandLine;
using TrafficAudit.CommandLine;
using TrafficAudit.Testing;

namespace TrafficAudit.Tests.CommandLine;

/// <summary>Where options come from: the command line, then <c>TRAFFICAUDIT_*</c>, then <c>trafficaudit.json</c>.</summary>
public sealed class SettingsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Option<string> _where = new("--test-where") { Recursive = true, DefaultValueFactory = _ => "default" };
    private readonly Option<string?> _filter = new("--test-filter");
    private readonly Option<bool> _all = new("--test-all");
    private readonly Argument<string[]> _files = new("files") { Arity = ArgumentArity.ZeroOrMore };
    private readonly RootCommand _root;

    public SettingsTests()
    {
        _root = new RootCommand { _where };
        _root.Add(new Command("list") { _filter, _all, _files });
        _root.Add(new Command("group") { new Command("inner") });
    }

    public void Dispose()
    {
        Environment.SetEnvironmentVariable("TRAFFICAUDIT_TEST_WHERE", null);
        _folder.Dispose();
    }

    [Fact]
    public void NothingGiven_LeavesDefault() => Assert.Equal("default", Parse("list").GetValue(_where));

    [Fact]
    public void File_GivesWhatTheCommandLineDoesNot()
    {
        Write("""{ "test-where": "file", "test-all": true, "test-filter": "size:>9" }""");

        var parsed = Parse("list");

        Assert.Equal("file", parsed.GetValue(_where));
        Assert.Equal("size:>9", parsed.GetValue(_filter));
        Assert.True(parsed.GetValue(_all));
    }

    [Fact]
    public void Variable_GoesBeforeFile()
    {
        Write("""{ "test-where": "file" }""");
        Environment.SetEnvironmentVariable("TRAFFICAUDIT_TEST_WHERE", "variable");

        Assert.Equal("variable", Parse("list").GetValue(_where));
    }

    [Fact]
    public void CommandLine_GoesBeforeVariableAndFile()
    {
        Write("""{ "test-where": "file", "test-all": true }""");
        Environment.SetEnvironmentVariable("TRAFFICAUDIT_TEST_WHERE", "variable");

        var parsed = Parse("list", "--test-where", "line", "--test-all", "false");

        Assert.Equal("line", parsed.GetValue(_where));
        Assert.False(parsed.GetValue(_all));
    }

    [Fact]
    public void RootOption_ReachesInnerCommand()
    {
        Write("""{ "test-where": "file", "test-filter": "x" }""");

        var parsed = Parse("group", "inner");

        Assert.Empty(parsed.Errors);
        Assert.Equal("file", parsed.GetValue(_where));
    }

    [Fact]
    public void ArgumentsBehindTwoDashes_StayArguments()
    {
        Write("""{ "test-where": "file" }""");

        var parsed = Parse("list", "--", "-odd-name.har");

        Assert.Equal("file", parsed.GetValue(_where));
        Assert.Equal(["-odd-name.har"], parsed.GetValue(_files)!);
    }

    [Fact]
    public void ValueThatStartsWithADash_IsAValue()
    {
        Write("""{ "test-filter": "-method:GET" }""");

        var parsed = Parse("list");

        Assert.Empty(parsed.Errors);
        Assert.Equal("-method:GET", parsed.GetValue(_filter));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[1]")]
    [InlineData("\"text\"")]
    [InlineData("{ \"test-where\": null }")]
    [InlineData("{ \"test-where\": [\"a\"] }")]
    [InlineData("")]
    public void WrongFile_IsOneLineThatNamesIt(string content)
    {
        Write(content);

        var fault = Assert.Throws<InputException>(() => Settings.Load(_folder.Path));

        Assert.Contains("trafficaudit.json", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', fault.Message);
    }

    private void Write(string json) => File.WriteAllText(_folder.File("trafficaudit.json"), json);

    private ParseResult Parse(params string[] arguments) =>
        _root.Parse(Settings.Load(_folder.Path).Complete(arguments, _root.Parse(arguments)));
}
