using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Managed;

namespace HaProxyNet.Tests.Transport.Managed;

public sealed class ManagedSocketTests : IDisposable
{
    private readonly Socket _near = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _peer;
    private readonly ManagedSocket _socket;

    public ManagedSocketTests()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        _near.Connect(listening.LocalEndPoint!);
        _peer = listening.Accept();
        _socket = new ManagedSocket(_near);
    }

    /// <summary>Another thread looks at the socket in that very moment: the peer must not be reset for it.</summary>
    [Fact]
    public async Task Close_InUseByAnotherThread_ThePeerGetsFin()
    {
        Assert.Equal((0, SocketError.Success), await EndAsync(_socket.Close));
    }

    [Fact]
    public async Task Reset_InUseByAnotherThread_ThePeerIsReset()
    {
        Assert.Equal((0, SocketError.ConnectionReset), await EndAsync(_socket.Reset));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _socket.Dispose();
        _peer.Dispose();
    }

    /// <summary>What the peer reads when the socket is ended while a call holds its handle.</summary>
    private async Task<(int Count, SocketError Error)> EndAsync(Action end)
    {
        var handle = _near.SafeHandle;
        var isHeld = false;
        handle.DangerousAddRef(ref isHeld);
        var ending = Task.Run(end, TestContext.Current.CancellationToken);
        try
        {
            var count = _peer.Receive(new byte[1], SocketFlags.None, out var error);
            return (count, error);
        }
        finally
        {
            handle.DangerousRelease();
            await ending;
        }
    }
}
