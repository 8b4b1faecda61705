using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Tests.State;

/// <summary>An address that answers no connect, because the backlog behind it is full.</summary>
internal sealed class SilentAddress : IDisposable
{
    private readonly Socket _listening = Create();
    private readonly List<Socket> _fillers = [];

    public SilentAddress()
    {
        _listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listening.Listen(0);

        // One waits to be accepted; the SYNs of all others are dropped.
        for (var i = 0; i < 3; i++)
        {
            var filler = Create();
            filler.Blocking = false;
            _fillers.Add(filler);
            Assert.True(Try(() => filler.Connect(_listening.LocalEndPoint!)));
        }

        Assert.True(_fillers[0].Poll(TimeSpan.FromMinutes(2), SelectMode.SelectWrite));
    }

    public override string ToString() => _listening.LocalEndPoint!.ToString()!;

    public void Dispose()
    {
        _fillers.ForEach(f => f.Dispose());
        _listening.Dispose();
    }

    private static Socket Create() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    private static bool Try(Action connect)
    {
        try
        {
            connect();
            return true;
        }
        catch (SocketException fault)
        {
            return fault.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress;
        }
    }
}
