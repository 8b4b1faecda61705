using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Hosting;
using HaProxyNet.Server.Running;

namespace HaProxyNet.Tests.Server.Running;

public sealed class BindFaultTests
{
    private readonly ProxyOptions _options = new() { Admin = { Endpoint = "127.0.0.1:9090" } };

    [Fact]
    public void Of_Listener_NamesIt()
    {
        var fault = new ListenerBindException(
            "front", IPEndPoint.Parse("10.0.0.1:5050"), new SocketException((int)SocketError.AddressNotAvailable));
        Assert.StartsWith(
            "HaProxyNet.Listeners.front.Endpoint: 10.0.0.1 is not an address of this machine; ", BindFault.Of(fault, _options).ToString());
    }

    [Fact]
    public void Of_Kestrel_IsTheAdminEndpoint()
    {
        var fault =
            new IOException("taken", new InvalidOperationException("in use", new SocketException((int)SocketError.AddressAlreadyInUse)));
        Assert.StartsWith("HaProxyNet.Admin.Endpoint: 127.0.0.1:9090 is taken ", BindFault.Of(fault, _options).ToString());
    }

    /// <summary>What the system lacks is not called an address that is taken.</summary>
    [Theory]
    [InlineData(24)]
    [InlineData(23)]
    public void Of_NoDescriptorLeft_SaysSo(int errno)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "errno(3)");
        var fault = new IOException("outer", new IOException("Too many open files", errno));

        Assert.Equal(
            "HaProxyNet.Admin.Endpoint: 127.0.0.1:9090 cannot be bound: this process has no descriptor left; "
            + "raise the limit of open files (LimitNOFILE= of the service, ulimit -n), and that of the system (fs.file-max)",
            BindFault.Of(fault, _options).ToString());
    }

    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, "this process has no descriptor left")]
    [InlineData(SocketError.NoBufferSpaceAvailable, "no memory left for sockets")]
    [InlineData(SocketError.AddressAlreadyInUse, "is taken (address already in use)")]
    [InlineData(SocketError.AddressNotAvailable, "is not an address of this machine")]
    [InlineData(SocketError.AccessDenied, "may not be bound by this user")]
    [InlineData(SocketError.AddressFamilyNotSupported, "this machine has no IPv4")]
    [InlineData(SocketError.OperationNotSupported, "cannot be bound (")]
    public void Of_EveryErrorOfTheSystem_ItsRealCause(SocketError error, string expected)
        => Assert.Contains(
            expected, BindFault.Of(new IOException("outer", new SocketException((int)error)), _options).Problem, StringComparison.Ordinal);

    [Fact]
    public void Of_SomethingElse_ItsWords()
        => Assert.Equal(
            "127.0.0.1:9090 cannot be bound (the disk is full)",
            BindFault.Of(new IOException("outer", new IOException("the disk is full.")), _options).Problem);

    [Fact]
    public void Of_BareSocketFault_SaysWhy()
        => Assert.Contains("permission", BindFault.Of(new SocketException((int)SocketError.AccessDenied), new ProxyOptions
        {
            Admin = { Endpoint = "127.0.0.1:90" },
        }).ToString(), StringComparison.Ordinal);
}
