using System.Net;
using TrafficAudit.Capture.Names;
using TrafficAudit.Testing.Servers;
using static TrafficAudit.Testing.Servers.NameServerAnswer;

namespace TrafficAudit.Capture.Tests.Names;

/// <summary>Messages as they come from servers, well-formed and made to do harm.</summary>
public sealed class DnsAnswerTests
{
    private const string Host = "metrics.shop.example";
    private static readonly byte[] Question = DnsQuestion.Write(0x1234, Host, DnsRecordType.A)!;

    [Fact]
    public void Chain_IsFollowedWhateverTheRecordsOrder()
    {
        var answer = Read(
            Record(Name("c.cdn.example"), 1, [192, 0, 2, 1]),
            Record(Name("A.tracker.example"), 5, Name("C.cdn.example")),
            Record(Name("unrelated.example"), 1, [192, 0, 2, 99]),
            Record(Name(Host), 5, Name("a.Tracker.example")));

        Assert.Equal(["a.tracker.example", "c.cdn.example"], answer!.Chain);
        Assert.Equal([IPAddress.Parse("192.0.2.1")], answer.Addresses);
    }

    [Fact]
    public void CompressedNames_AreReadInFull()
    {
        // The owner points to the question, the target ends in the question's last two labels.
        var answer = Read(Record(Pointer(12), 5, [1, (byte)'x', .. Pointer(12 + 8)]), Record(Name("x.shop.example"), 1, [192, 0, 2, 1]));

        Assert.Equal(["x.shop.example"], answer!.Chain);
        Assert.Single(answer.Addresses);
    }

    [Theory]
    [InlineData("metrics.shop.example", "")]
    [InlineData("a.example,b.example,a.example", "a.example,b.example")]
    [InlineData("a.example,b.example,metrics.shop.example", "a.example,b.example")]
    public void Loop_EndsTheChainAndHasNoAddress(string chain, string read)
    {
        var names = chain.Split(',').Prepend(Host).ToList();
        var records = names.Zip(names.Skip(1), (owner, target) => Record(Name(owner), 5, Name(target)));

        var answer = Read([.. records, Record(Name(names[^1]), 1, [192, 0, 2, 1])]);

        Assert.Equal(read.Split(',', StringSplitOptions.RemoveEmptyEntries), answer!.Chain);
        Assert.Empty(answer.Addresses);
    }

    [Fact]
    public void BytesThatAreNoPlainCharacters_AreWrittenOut()
    {
        var answer = Read(Record(Name(Host), 5, [5, (byte)'A', 0x1B, (byte)'.', (byte)'\\', 0xFF, 3, (byte)'c', (byte)'o', (byte)'m', 0]));

        Assert.Equal([@"a\027\046\092\255.com"], answer!.Chain);
    }

    [Fact]
    public void PointersThatDoNotLeadBack_AreRefused()
    {
        Assert.Null(Read(Record(Pointer(Question.Length), 5, Name("a.example"))));
        Assert.Null(Read(Record(Pointer(Question.Length + 2), 5, Name("a.example"))));
        Assert.Null(Read(Record(Pointer(12), 5, Pointer(Question.Length + 12))));
        Assert.Null(Read(Record(Pointer(0x3FFF), 5, Name("a.example"))));
    }

    [Fact]
    public void NamesThatAreTooLong_AreRefused()
    {
        var longest = string.Join('.', Enumerable.Repeat(new string('a', 63), 3).Append(new string('a', 60)));

        Assert.Equal([longest], Read(Record(Name(Host), 5, Name(longest)))!.Chain);
        Assert.Null(Read(Record(Name(Host), 5, Name(longest + "a.b"))));
        Assert.Null(Read(Record(Name(Host), 5, [64, .. new byte[64], 0])));
    }

    [Fact]
    public void SixtyFourKilobytesMadeToExpand_CostNothing()
    {
        // One name of thousands of labels and records that all point to it: read naively it is half a gigabyte.
        var name = Enumerable.Repeat<byte[]>([1, (byte)'a'], 7900).SelectMany(label => label).Append((byte)0).ToArray();
        var pointer = Pointer(Question.Length);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var answer = Read([Record(name, 5, pointer), .. Enumerable.Repeat(Record(pointer, 5, pointer), 3500)]);

        Assert.Null(answer);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 16 << 20);
    }

    [Theory]
    [InlineData("other.example", 1, 0x1234)]
    [InlineData(Host, 28, 0x1234)]
    [InlineData(Host, 1, 0x1235)]
    public void AnswerToAnotherQuestion_IsNone(string host, int type, int id) =>
        Assert.Null(DnsAnswer.Read(Message(DnsQuestion.Write((ushort)id, host, (DnsRecordType)type)!), Question));

    [Fact]
    public void QuestionItself_IsNoAnswer() => Assert.Null(DnsAnswer.Read(Question, Question));

    [Fact]
    public void CutAnywhere_IsNoAnswer()
    {
        var message = Message(Question, Record(Pointer(12), 5, Name("a.example")), Record(Name("a.example"), 1, [192, 0, 2, 1]));

        Assert.NotNull(DnsAnswer.Read(message, Question));
        Assert.All(Enumerable.Range(0, message.Length), length => Assert.Null(DnsAnswer.Read(message.AsSpan(0, length), Question)));
    }

    [Fact]
    public void ChangedBytes_AreReadOrRefused()
    {
        var random = new Random(1);
        var message = Message(Question, Record(Pointer(12), 5, Name("a.example")), Record(Pointer(12), 28, new byte[16]), Record(Name("a.example"), 1, [192, 0, 2, 1]));
        for (var i = 0; i < 20_000; i++)
        {
            var changed = (byte[])message.Clone();
            for (var n = random.Next(1, 4); n > 0; n--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            Assert.InRange(DnsAnswer.Read(changed, Question)?.Chain.Length ?? 0, 0, DnsAnswer.MaximumChain);
        }
    }

    [Theory]
    [InlineData("a..b")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("bücher.example")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123.example")]
    public void HostThatIsNoName_IsNotAskedFor(string host) => Assert.Null(DnsQuestion.Write(1, host, DnsRecordType.A));

    private static DnsAnswer? Read(params byte[][] records) => DnsAnswer.Read(Message(Question, records), Question);

    private static byte[] Message(byte[] question, params byte[][] records) => new NameServerAnswer(_ => records).To(NameServerQuestion.Read(question), isDatagram: false)!;
}
