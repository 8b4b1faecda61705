using System.Net;
using System.Net.Sockets;
using HaProxyNet.Simulator.Agents;

namespace HaProxyNet.Tests.Simulator.Agents;

public sealed class AgentListenerTests
{
    [Fact]
    public async Task CloseGracefully_ConnectionsInTheBacklog_AreAcceptedWhileNewOnesAreRefused()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "elsewhere than on Linux a listener cannot refuse and keep its backlog");
        using var reservation = new PortReservation(new IPEndPoint(IPAddress.Loopback, 0));
        using var mayAccept = new ManualResetEventSlim();
        var accepted = 0;
        var listener = AgentListener.Open(reservation.EndPoint, socket =>
        {
            Interlocked.Increment(ref accepted);
            mayAccept.Wait();
            socket.Send([42]);
            socket.Dispose();
        });
        var clients = new List<Socket>();
        for (var i = 0; i < 10; i++)
        {
            clients.Add(await ConnectAsync(reservation.EndPoint));
        }

        await Eventually.HoldsAsync(() => Volatile.Read(ref accepted) == 1, "the first is accepted and blocks the loop");

        var closing = listener.CloseGracefullyAsync();
        await Eventually.HoldsAsync(() => Refuses(reservation.EndPoint), "new connections are refused");
        Assert.Equal(1, Volatile.Read(ref accepted));
        Assert.False(closing.IsCompleted);
        mayAccept.Set();
        await closing;

        Assert.Equal(10, accepted);
        var received = new byte[2];
        foreach (var client in clients)
        {
            Assert.Equal(1, await client.ReceiveAsync(received));
            client.Dispose();
        }
    }

    [Fact]
    public async Task Close_ConnectionInTheBacklog_IsReset()
    {
        using var reservation = new PortReservation(new IPEndPoint(IPAddress.Loopback, 0));
        using var mayAccept = new ManualResetEventSlim();
        var accepted = 0;
        var listener = AgentListener.Open(reservation.EndPoint, socket =>
        {
            Interlocked.Increment(ref accepted);
            mayAccept.Wait();
            socket.Dispose();
        });
        using var first = await ConnectAsync(reservation.EndPoint);
        await Eventually.HoldsAsync(() => Volatile.Read(ref accepted) == 1, "the first is accepted and blocks the loop");
        using var waiting = await ConnectAsync(reservation.EndPoint);

        listener.Close();
        mayAccept.Set();

        var reset = await Assert.ThrowsAsync<SocketException>(async () => await waiting.ReceiveAsync(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, reset.SocketErrorCode);
    }

    [Fact]
    public void Reservation_NothingListens_Refuses()
    {
        using var reservation = new PortReservation(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.True(Refuses(reservation.EndPoint));
    }

    private static async Task<Socket> ConnectAsync(IPEndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(endPoint);
        return socket;
    }

    private static bool Refuses(IPEndPoint endPoint)
    {
        using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Connect(endPoint);
            return false;
        }
        catch (SocketException failure) when (failure.SocketErrorCode is SocketError.ConnectionRefused)
        {
            return true;
        }
    }
}
