using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Handover;

namespace HaProxyNet.Tests.Transport.Handover;

public sealed class InheritedSocketsTests
{
    [Fact]
    public void TryTake_Shared_EachTimeADescriptorOfItsOwn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: it takes descriptors");
        using var socket = Listening();
        var address = (IPEndPoint)socket.LocalEndPoint!;

        // It owns the descriptor from here on, as it owns one of a service manager.
        var inherited = new InheritedSockets([new(Descriptor(socket), IsShared: true)]);

        Assert.True(inherited.TryTake(address, out var first));
        Assert.True(inherited.TryTake(address, out var second));
        Assert.NotEqual(first.Descriptor, second.Descriptor);
        foreach (var taken in new[] { first, second })
        {
            using var own = new SafeSocketHandle(taken.Descriptor, ownsHandle: true);
            Assert.Equal(address, InheritedSocket.ListeningAddress(taken.Descriptor));
        }
    }

    [Fact]
    public void TryTake_HandedOver_Once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: it takes descriptors");
        using var socket = Listening();
        var address = (IPEndPoint)socket.LocalEndPoint!;
        var inherited = new InheritedSockets([new(Descriptor(socket), IsShared: false)]);

        Assert.True(inherited.TryTake(address, out var taken));
        Assert.Equal(Descriptor(socket), taken.Descriptor);
        Assert.False(inherited.TryTake(address, out _));
    }

    [Fact]
    public void ListeningAddress_NoListener_IsNone()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs Linux: it takes descriptors");
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Null(InheritedSocket.ListeningAddress(Descriptor(bound)));
        Assert.Null(InheritedSocket.ListeningAddress(-1));
    }

    private static int Descriptor(Socket socket) => (int)socket.Handle;

    private static Socket Listening()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }
}
