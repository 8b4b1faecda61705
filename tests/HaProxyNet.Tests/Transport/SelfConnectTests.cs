using System.Net;
using System.Net.Sockets;
using HaProxyNet.Health.Methods;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Transport;

/// <summary>
/// A socket that is bound to the very address it connects to reaches itself, as one does to which the system has given that port.
/// </summary>
public sealed class SelfConnectTests
{
    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Probe_ReachesItself_IsRefused(string address)
    {
        using var socket = Bound(address);

        var fault = await Assert.ThrowsAsync<ConnectFailedException>(
            async () => await ProbeSocket.ConnectAsync(socket, (IPEndPoint)socket.LocalEndPoint!, TestContext.Current.CancellationToken));

        Assert.Equal(ConnectStatus.Refused, fault.Status);
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task BothEngines_ReachedItself_IsSeenWhateverThePort(string address)
    {
        using var socket = Bound(address);
        await socket.ConnectAsync(socket.LocalEndPoint!, TestContext.Current.CancellationToken);

        Assert.True(SocketConnects.HasReachedItself(socket));
        if (OperatingSystem.IsLinux())
        {
            Assert.True(Descriptor.IsConnectedToItself((int)socket.Handle, ((IPEndPoint)socket.LocalEndPoint!).Port));
        }
    }

    [Fact]
    public async Task BothEngines_ReachedAServerOnTheSamePortOfAnotherAddress_IsAConnection()
    {
        using var server = Bound("127.0.0.1");
        server.Listen();
        var port = ((IPEndPoint)server.LocalEndPoint!).Port;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse("127.0.0.2"), port));
        await socket.ConnectAsync(server.LocalEndPoint!, TestContext.Current.CancellationToken);

        Assert.False(SocketConnects.HasReachedItself(socket));
        if (OperatingSystem.IsLinux())
        {
            Assert.False(Descriptor.IsConnectedToItself((int)socket.Handle, port));
        }
    }

    private static Socket Bound(string address)
    {
        var socket = new Socket(IPAddress.Parse(address).AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        return socket;
    }
}
