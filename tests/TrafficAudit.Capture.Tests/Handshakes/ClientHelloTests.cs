using System.Buffers;
using TrafficAudit.Capture.Handshakes;

namespace TrafficAudit.Capture.Tests.Handshakes;

public sealed class ClientHelloTests
{
    [Fact]
    public void Chromium_IsReadWithoutGrease()
    {
        var hello = Read(Hellos.Chromium).ToModel();

        Assert.Equal("shop.example", hello.ServerName);
        Assert.Equal(["TLSv1.3", "TLSv1.2"], hello.Versions);
        Assert.Equal(["1301", "1302", "1303"], hello.CipherSuites.Take(3));
        Assert.Equal(15, hello.CipherSuites.Length);
        Assert.Equal(["h2", "http/1.1"], hello.Alpn);
    }

    /// <summary>The example of FoxIO's specification (its raw form lists exactly these suites, extensions and algorithms).</summary>
    [Fact]
    public void Chromium_HasTheJa4OfTheSpecification() => Assert.Equal("t13d1516h2_8daaf6152771_e5627efa2ab1", Read(Hellos.Chromium).ToModel().Ja4);

    [Theory]
    [InlineData(new[] { "h2" }, "h2")]
    [InlineData(new[] { "http/1.1" }, "h1")]
    [InlineData(new[] { "a" }, "aa")]
    [InlineData(new[] { "\u00ab" }, "ab")]
    [InlineData(new[] { "\u0030\u00ab" }, "3b")]
    [InlineData(new string[0], "00")]
    public void Ja4_TellsTheFirstProtocolByItsEnds(string[] alpn, string expected)
    {
        var hello = Read(Hellos.Record(Hellos.Message(0x0303, [0x1301], alpn.Length == 0 ? [] : [(0x0010, Hellos.Alpn(alpn))])));

        Assert.Equal($"t12i01{(alpn.Length == 0 ? "00" : "01")}{expected}", hello.ToModel().Ja4[..10]);
    }

    [Fact]
    public void HelloWithoutExtensions_IsReadAndHasZerosForThem()
    {
        var hello = Read(Hellos.Record(Hellos.Message(0x0301, [0x002f], null)));

        Assert.Equal(["TLSv1"], hello.ToModel().Versions);
        Assert.EndsWith("_000000000000", hello.ToModel().Ja4, StringComparison.Ordinal);
        Assert.True(hello.MaySpeakHttp);
    }

    [Fact]
    public void EveryTruncation_IsIncomplete()
    {
        for (var length = 0; length < Hellos.Chromium.Length; length++)
        {
            var state = ClientHelloReader.Read(new ReadOnlySequence<byte>(Hellos.Chromium, 0, length), out var hello);
            Assert.Equal((ClientHelloState.Incomplete, null), (state, hello));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(100)]
    public void HelloInManyRecordsAndPieces_IsRead(int recordSize)
    {
        var bytes = Hellos.Record(Hellos.Chromium[5..], recordSize);

        Assert.Equal(ClientHelloState.Complete, ClientHelloReader.Read(Hellos.Scattered(bytes), out var hello));
        Assert.Equal("shop.example", hello!.ServerName);
    }

    [Fact]
    public void EveryFlippedByte_IsReadOrRefusedWithoutThrowing()
    {
        for (var at = 0; at < Hellos.Chromium.Length; at++)
        {
            foreach (var value in (byte[])[0, 1, 0x7f, 0xff])
            {
                var bytes = (byte[])Hellos.Chromium.Clone();
                bytes[at] = value;
                var state = ClientHelloReader.Read(new ReadOnlySequence<byte>(bytes), out var hello);
                Assert.Equal(state == ClientHelloState.Complete, hello is not null);
                Assert.NotNull(hello?.ToModel().Ja4 ?? "");
            }
        }
    }

    [Theory]
    [InlineData(new byte[] { 22, 2, 0, 0, 1, 1 })]
    [InlineData(new byte[] { 22, 3, 1, 0, 0 })]
    [InlineData(new byte[] { 22, 3, 1, 255, 255, 1 })]
    [InlineData(new byte[] { 22, 3, 1, 0, 1, 2 })]
    [InlineData(new byte[] { 22, 3, 1, 0, 4, 1, 255, 255, 255 })]
    [InlineData(new byte[] { 21, 3, 1, 0, 2, 2, 48 })]
    public void WhatIsNoClientHello_IsRefusedAtOnce(byte[] bytes) =>
        Assert.Equal(ClientHelloState.NotOne, ClientHelloReader.Read(new ReadOnlySequence<byte>(bytes), out _));

    private static ClientHello Read(byte[] bytes)
    {
        Assert.Equal(ClientHelloState.Complete, ClientHelloReader.Read(new ReadOnlySequence<byte>(bytes), out var hello));
        return hello!;
    }
}
