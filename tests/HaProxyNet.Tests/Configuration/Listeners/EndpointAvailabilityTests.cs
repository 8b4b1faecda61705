using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Listeners;

namespace HaProxyNet.Tests.Configuration.Listeners;

public sealed class EndpointAvailabilityTests
{
    private static readonly IPEndPoint _freePort = new(IPAddress.Loopback, 0);

    [Fact]
    public void Check_Free_NoFaultAndFreeAfterwards()
    {
        using var listener = Listen(_freePort);
        var endPoint = (IPEndPoint)listener.LocalEndPoint!;
        listener.Dispose();

        Assert.Null(EndpointAvailability.Check("X", endPoint));
        using var again = Listen(endPoint);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    public void Check_SomebodyListens_FaultSaysTakenAndHowToFindOut(string address)
    {
        Assert.SkipWhen(address is "::" && !Socket.OSSupportsIPv6, "this machine has no IPv6");
        using var listener = Listen(_freePort);
        var port = ((IPEndPoint)listener.LocalEndPoint!).Port;

        var fault = EndpointAvailability.Check("HaProxyNet.Listeners.web.Endpoint", new IPEndPoint(IPAddress.Parse(address), port));
        Assert.NotNull(fault);
        Assert.StartsWith($"HaProxyNet.Listeners.web.Endpoint: {new IPEndPoint(IPAddress.Parse(address), port)} is taken (address already "
            + "in use); give a free address and port", fault.ToString());
    }

    [Fact]
    public void Check_AddressOfAnotherMachine_FaultSaysSo() =>
        Assert.Equal(
            "192.0.2.1 is not an address of this machine",
            EndpointAvailability.Check("X", IPEndPoint.Parse("192.0.2.1:5050"))?.Problem);

    [Fact]
    public void Check_Options_EachEndpointAtItsPath()
    {
        using var listener = Listen(_freePort);
        var taken = listener.LocalEndPoint!.ToString()!;
        var options = new ProxyOptions { Admin = { Endpoint = taken } };
        options.Listeners["web"] = new ListenerOptions { Endpoint = taken };
        options.Listeners["free"] = new ListenerOptions { Endpoint = "127.0.0.1:0" };

        Assert.Equal(
            ["HaProxyNet.Listeners.web.Endpoint", "HaProxyNet.Admin.Endpoint"],
            EndpointAvailability.Check(options).Select(fault => fault.Path));
    }

    [Fact]
    public void Check_AdminOff_IsNotBound() => Assert.Empty(EndpointAvailability.Check(new ProxyOptions { Admin = { Endpoint = "" } }));

    [Theory]
    [InlineData(SocketError.AddressAlreadyInUse, "10.0.0.1:443 is taken (address already in use)")]
    [InlineData(SocketError.AddressNotAvailable, "10.0.0.1 is not an address of this machine")]
    [InlineData(SocketError.AccessDenied, "10.0.0.1:443 needs a permission: ports below 1024 are privileged")]
    [InlineData(SocketError.AddressFamilyNotSupported, "this machine has no IPv4, which 10.0.0.1:443 needs")]
    public void FaultOf_SocketError_OperatorsWords(SocketError error, string problem)
    {
        var fault = EndpointAvailability.FaultOf("X", IPEndPoint.Parse("10.0.0.1:443"), error);
        Assert.Equal(problem, fault.Problem);
        Assert.StartsWith("give ", fault.Allowed);
    }

    [Fact]
    public void FaultOf_AnyOtherError_NamesIt() =>
        Assert.StartsWith(
            "10.0.0.1:443 cannot be bound: the system has no memory",
            EndpointAvailability.FaultOf("X", IPEndPoint.Parse("10.0.0.1:443"), SocketError.NoBufferSpaceAvailable).Problem);

    private static Socket Listen(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(endPoint);
        socket.Listen();
        return socket;
    }
}
