using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Hosting;
using HaProxyNet.Server.Running;

namespace HaProxyNet.Tests.Server;

public sealed class BindFaultTests
{
    private readonly ProxyOptions _options = new() { Admin = { Endpoint = "127.0.0.1:9090" } };

    [Fact]
    public void Of_Listener_NamesIt()
    {
        var fault = new ListenerBindException("front", IPEndPoint.Parse("10.0.0.1:5050"), new SocketException((int)SocketError.AddressNotAvailable));
        Assert.StartsWith("HaProxyNet.Listeners.front.Endpoint: 10.0.0.1 is not an address of this machine; ", BindFault.Of(fault, _options).ToString());
    }

    [Fact]
    public void Of_Kestrel_IsTheAdminEndpoint()
    {
        var fault = new IOException("taken", new InvalidOperationException("in use", new SocketException((int)SocketError.AddressAlreadyInUse)));
        Assert.StartsWith("HaProxyNet.Admin.Endpoint: 127.0.0.1:9090 is taken ", BindFault.Of(fault, _options).ToString());
    }

    [Fact]
    public void Of_BareSocketFault_SaysWhy()
        => Assert.Contains("permission", BindFault.Of(new SocketException((int)SocketError.AccessDenied), new ProxyOptions { Admin = { Endpoint = "127.0.0.1:90" } }).ToString(), StringComparison.Ordinal);
}
