using TrafficAudit.Classification.Personas;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Personas;

public sealed class PersonaFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void GoodFile_IsRead()
    {
        var persona = PersonaFile.Read(Write("""{ "name": "tester 1", "values": [ { "item": "phone", "value": "010-0000-0000" }, { "item": "phone", "value": "010-0000-0001" } ] }"""));

        Assert.Equal("tester 1", persona.Name);
        Assert.Equal([new PersonaValue("phone", "010-0000-0000"), new PersonaValue("phone", "010-0000-0001")], persona.Values);
    }

    [Fact]
    public void CommentsTrailingCommasAndByteOrderMark_AreAllowed()
    {
        var persona = PersonaFile.Read(Write("\uFEFF{ // the lab's phone\n \"name\": \"t\", \"values\": [ { \"item\": \"email\", \"value\": \"a@b.example\" }, ], }"));

        Assert.Single(persona.Values);
    }

    [Fact]
    public void MissingName_IsTheFilesName() => Assert.Equal("persona", PersonaFile.Read(Write("""{"values":[]}""")).Name);

    [Theory]
    [InlineData("", "line 1, column 1: this is no JSON")]
    [InlineData("{\n \"values\": [ oops ] }", "line 2, column 14: this is no JSON")]
    [InlineData("[]", "this is no persona; write {")]
    [InlineData("42", "this is no persona; write {")]
    [InlineData("{}", "this is no persona; write {")]
    [InlineData("""{"values":{}}""", "this is no persona; write {")]
    [InlineData("""{"name":7,"values":[]}""", "name is no text")]
    [InlineData("""{"values":[7]}""", "values[0] is no known value; write {")]
    [InlineData("""{"values":[{"item":"phone"}]}""", "values[0] is no known value; write {")]
    [InlineData("""{"values":[{"item":"phone","value":"1"},{"item":"phone","value":1}]}""", "values[1]: item and value are texts")]
    [InlineData("""{"values":[{"item":"phone","value":"\uD800"}]}""", "values[0]: item and value are texts")]
    [InlineData("""{"values":[{"item":"fone","value":"1"}]}""", "values[0]: \"fone\" is no item; did you mean \"phone\"?")]
    [InlineData("""{"values":[{"item":"postal-address","value":"1"}]}""", "\"postal-address\" is no item; did you mean \"postal_address\"?")]
    [InlineData("""{"values":[{"item":"phone","value":"  "}]}""", "values[0]: the value of \"phone\" is empty")]
    public void BadFile_SaysWhatWhereAndWhatToDo(string content, string message)
    {
        var error = Assert.Throws<PersonaFileException>(() => PersonaFile.Read(Write(content)));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains("persona.json", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void MissingFile_IsNamed()
    {
        var error = Assert.Throws<PersonaFileException>(() => PersonaFile.Read(_folder.File("none.json")));

        Assert.Contains("none.json: there is no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderInsteadOfFile_IsOneLine() => Assert.Throws<PersonaFileException>(() => PersonaFile.Read(_folder.Path));

    [Fact]
    public void TooLongValue_IsRefused() =>
        Assert.Contains("longer than 1024", Assert.Throws<PersonaFileException>(() =>
            PersonaFile.Read(Write($$"""{"values":[{"item":"phone","value":"{{new string('1', 2000)}}"}]}"""))).Message, StringComparison.Ordinal);

    [Fact]
    public void ValueInThePlaceOfAnItem_IsNotRepeated()
    {
        var error = Assert.Throws<PersonaFileException>(() => PersonaFile.Read(Write("""{"values":[{"item":"010-0000-0000","value":"phone"}]}""")));

        Assert.DoesNotContain("010-0000-0000", error.Message, StringComparison.Ordinal);
    }

    private string Write(string content)
    {
        var path = _folder.File("persona.json");
        File.WriteAllText(path, content);
        return path;
    }
}
