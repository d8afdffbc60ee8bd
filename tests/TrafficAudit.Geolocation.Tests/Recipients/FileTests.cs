using TrafficAudit.Geolocation.Recipients;
using TrafficAudit.Testing;

namespace TrafficAudit.Geolocation.Tests.Recipients;

public sealed class FileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileInTheFolder_ReplacesTheEmbeddedOne()
    {
        Write("- organisation: Example Shop\n  country: DE\n  suffixes: [Shop.Example., bücher.example]\n");
        var directory = RecipientDirectory.Load(_folder.Path);

        Assert.Equal("Example Shop", directory.Find("api.shop.example", null, null).Name);
        Assert.Equal("Example Shop", directory.Find("www.xn--bcher-kva.example", null, null).Name);
        Assert.Equal("domain", directory.Find("graph.facebook.com", null, null).Basis);
    }

    [Fact]
    public void LongestSuffix_Counts()
    {
        Write("- organisation: Outer\n  suffixes: [example.com]\n- organisation: Inner\n  suffixes: [pay.example.com]\n");
        var directory = RecipientDirectory.Load(_folder.Path);

        Assert.Equal(
            ["Outer", "Outer", "Inner", "Inner", "Outer"],
            new[] { "example.com", "a.example.com", "pay.example.com", "a.pay.example.com", "notpay.example.com" }.Select(h => directory.Find(h, null, null).Name));
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing\n")]
    [InlineData("[]\n")]
    public void EmptyFile_IsAnEmptyDirectory(string yaml)
    {
        Write(yaml);

        Assert.Empty(RecipientDirectory.Load(_folder.Path).Entries);
    }

    [Theory]
    [InlineData("- organisation: A\n  suffixes: [a.example]\n- organisation: B\n  suffixes: [b.example, a.example]\n", 4, "twice")]
    [InlineData("- organisation: A\n  suffixes: [a.example]\n  contry: KR\n", 3, "unknown key")]
    [InlineData("- organisation: A\n  country: Korea\n  suffixes: [a.example]\n", 2, "two capital letters")]
    [InlineData("- organisation: A\n  country: kr\n  suffixes: [a.example]\n", 2, "two capital letters")]
    [InlineData("- organisation: A\n  role: spy\n  suffixes: [a.example]\n", 2, "must be one of")]
    [InlineData("\n- organisation: A\n", 2, "\"suffixes\" is missing")]
    [InlineData("- suffixes: [a.example]\n", 1, "\"organisation\" is missing")]
    [InlineData("- organisation: A\n  suffixes: a.example\n", 2, "must be a list")]
    [InlineData("- organisation: A\n  suffixes:\n    - a.example\n    - https://b.example/\n", 4, "domain name")]
    [InlineData("- organisation: A\n  suffixes: [192.0.2.1]\n", 2, "domain name")]
    [InlineData("- organisation: A\n  organisation: B\n  suffixes: [a.example]\n", 2, "given twice")]
    [InlineData("- organisation: [A]\n  suffixes: [a.example]\n", 1, "must be a text")]
    [InlineData("organisation: A\n", 1, "expected a list")]
    [InlineData("- A\n", 1, "expected \"organisation:\"")]
    [InlineData("- organisation: \"A\n", 1, "not valid YAML")]
    [InlineData("- {\n", 2, "not valid YAML")]
    [InlineData("- organisation: A\n  suffixes: [a.example]\n---\n- b\n", 3, "second document")]
    [InlineData("- &a\n  organisation: A\n  suffixes: [a.example]\n- *a\n", 4, "expected")]
    public void Fault_NamesFileAndLine(string yaml, int line, string what)
    {
        Write(yaml);

        var error = Assert.Throws<RecipientFileException>(() => RecipientDirectory.Load(_folder.Path));

        Assert.StartsWith($"recipients.yaml, line {line}: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void DeepNesting_IsAFaultAndNothingWorse()
    {
        Write(new string('[', 200_000));

        Assert.Throws<RecipientFileException>(() => RecipientDirectory.Load(_folder.Path));
    }

    private void Write(string yaml) => File.WriteAllText(_folder.File("recipients.yaml"), yaml);
}
