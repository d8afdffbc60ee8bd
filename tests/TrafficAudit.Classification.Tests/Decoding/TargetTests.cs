using TrafficAudit.Classification.Decoding;
using TrafficAudit.Model;
using TrafficAudit.Testing;

namespace TrafficAudit.Classification.Tests.Decoding;

public sealed class TargetTests
{
    [Theory]
    [InlineData("/?a=1&b=two", "a [] 1", "b [] two")]
    [InlineData("/?udff%5Bem%5D=abc", "udff[em] [percent] abc")]
    [InlineData("/?email=hong%40example.com", "email [percent] hong@example.com")]
    [InlineData("/?q=wool+coat", "q [percent] wool coat")]
    [InlineData("/?a.b=1", "\"a.b\" [] 1")]
    [InlineData("/?p=100%&q=%zz", "p [] 100%", "q [] %zz")]
    [InlineData("/?a=&b", "a [] ", "[1] [] b")]
    [InlineData("/?a=1&&a=2", "a [] 1", "a [] 2")]
    [InlineData("/?a=b=c", "a [] b=c", "a.b [form] c")]
    [InlineData("/?name=%ED%99%8D%EA%B8%B8%EB%8F%99", "name [percent] 홍길동")]
    [InlineData("/?name=%C8%AB%B1%E6%B5%BF", "name [percent,euc-kr] 홍길동")]
    [InlineData("/?", new string[0])]
    public void Query_PairsWithTheirDecodings(string target, params string[] expected) =>
        Assert.Equal(expected, Reading.Target(target).Lines(MessagePart.Query));

    [Fact]
    public void PercentTwiceAndThrice_EachLayerIsAFieldBelow()
    {
        Assert.Equal(
            ["e [percent] a%40b.example", "e [percent,percent] a@b.example"],
            Reading.Target("/?e=a%2540b.example").Lines(MessagePart.Query));
        Assert.Equal("e [percent,percent,percent] a@b.example", Reading.Target("/?e=a%252540b.example").Lines(MessagePart.Query)[^1]);
        Assert.Equal("e [percent,percent,percent] a%40b.example", Reading.Target("/?e=a%25252540b.example").Lines(MessagePart.Query)[^1]);
    }

    [Theory]
    [InlineData("/v1/users/hong%40example.com", "[0] [] v1", "[1] [] users", "[2] [percent] hong@example.com")]
    [InlineData("/a//b/", "[0] [] a", "[2] [] b")]
    [InlineData("/a+b", "[0] [] a+b")]
    [InlineData("http://shop.example/x/y?q=1", "[0] [] x", "[1] [] y")]
    [InlineData("/", new string[0])]
    [InlineData("*", new string[0])]
    [InlineData("shop.example:443", new string[0])]
    [InlineData("http://shop.example?q=/no/path", new string[0])]
    public void Path_SegmentsByPosition(string target, params string[] expected) =>
        Assert.Equal(expected, Reading.Target(target).Lines(MessagePart.Path));

    [Fact]
    public void AbsoluteForm_UserInformationAndFragmentBelongToTheUrl()
    {
        var message = Reading.Target("http://hong:se%63ret@shop.example:8080/a?q=1#token=abc&x=2");

        Assert.Equal(
            ["userinfo [percent] hong:secret", "fragment [] token=abc&x=2", "fragment.token [form] abc", "fragment.x [form] 2"],
            message.Lines(MessagePart.Url));
        Assert.Equal(["q [] 1"], message.Lines(MessagePart.Query));
    }

    [Fact]
    public void RangesOfTarget_CountFromTheStartOfTheirPart()
    {
        const string Query = "a=1&mail=h%40x.example&q=z";
        var message = Reading.Target("/one/t%77o?" + Query);

        var mail = message.Fields.Single(f => f.Key == "mail");
        Assert.Equal("h%40x.example", Query.Substring(mail.Start, mail.Length));
        var two = message.Fields.Single(f => f.Text == "two");
        Assert.Equal("t%77o", "/one/t%77o".Substring(two.Start, two.Length));
    }

    [Fact]
    public void Roots_ComeInTheOrderOfTheMessage()
    {
        var message = MessageDecoder.Decode(
            MessageKind.Request,
            Some.Message("POST http://u@shop.example/p?q=1 HTTP/1.1\nCookie: c=1\nHost: shop.example", "{\"b\":1}"));

        Assert.Equal(
            [MessagePart.Url, MessagePart.Path, MessagePart.Query, MessagePart.Header, MessagePart.Cookie, MessagePart.Body],
            message.Roots.Select(r => r.Part));
        Assert.All(message.Roots, root => Assert.Null(root.Parent));
    }

    [Fact]
    public void EveryField_IsReachedFromTheRootsAndKnowsItsParent()
    {
        var message = Reading.Body("""{"a":[1,{"b":"x=1&y=2"}],"c":"eyJhIjoiYiJ9"}""");
        var seen = new List<Field>();
        void Walk(Field field)
        {
            seen.Add(field);
            Assert.All(field.Children, child => Assert.Same(field, child.Parent));
            field.Children.ToList().ForEach(Walk);
        }

        message.Roots.ToList().ForEach(Walk);
        Assert.Equal(message.Fields, seen.Where(f => f.Kind != FieldKind.Container));
    }

    [Fact]
    public void BinaryInPercentEncoding_IsKeptUndecoded() =>
        Assert.Equal(["h [percent] <4 bytes>"], Reading.Target("/?h=%01%FF%FE%02").Lines(MessagePart.Query));
}
