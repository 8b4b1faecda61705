using HaProxyNet.Forwarding;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HaProxyNet.Tests.Forwarding;

/// <summary>docs/http.md names these limits; a client that sends its headers slowly is not waited for longer.</summary>
public sealed class HttpFrontTests
{
    private readonly KestrelServerLimits _limits = HttpFront.SettingsOf(new HttpFrontEndPoint()).Limits;

    [Fact]
    public void Limits_OfHeaders()
    {
        Assert.Equal(TimeSpan.FromSeconds(30), _limits.RequestHeadersTimeout);
        Assert.Equal((32 * 1024, 128 * 1024), (_limits.MaxRequestLineSize, _limits.MaxRequestHeadersTotalSize));
        Assert.Equal(100, _limits.MaxRequestHeaderCount);
    }

    [Fact]
    public void Limits_OfIdleConnections() => Assert.Equal(TimeSpan.FromSeconds(130), _limits.KeepAliveTimeout);

    /// <summary>How long a body is, and how slowly it comes, is the member's business.</summary>
    [Fact]
    public void Limits_NoneOfBodies()
    {
        Assert.Null(_limits.MaxRequestBodySize);
        Assert.Null(_limits.MinRequestBodyDataRate);
        Assert.Null(_limits.MinResponseDataRate);
    }
}
