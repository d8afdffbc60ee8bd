using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace TrafficAudit.Capture.Tests;

public sealed class KestrelLimitsTests
{
    [Fact]
    public void DefaultsThatWouldLoseFlows_AreSet()
    {
        var kestrel = new KestrelServerOptions();

        ProxyServer.Unlimit(kestrel);

        Assert.Null(kestrel.Limits.MaxRequestBodySize);
        Assert.Null(kestrel.Limits.MinRequestBodyDataRate);
        Assert.Null(kestrel.Limits.MinResponseDataRate);
        Assert.Equal(128 * 1024, kestrel.Limits.MaxRequestHeadersTotalSize);
        Assert.Equal(1000, kestrel.Limits.MaxRequestHeaderCount);
        Assert.Equal(64 * 1024, kestrel.Limits.MaxRequestLineSize);
        Assert.False(kestrel.AddServerHeader);
    }
}
