using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Tests.Transport;

public sealed class SilenceLimitsTests
{
    [Theory]
    [InlineData(0, 0, 60, 10)]
    [InlineData(-5, 0, 60, 10)]
    [InlineData(1, 1000, 1, 1)]
    [InlineData(6, 6000, 4, 1)]
    [InlineData(90, 90_000, 60, 10)]
    [InlineData(600, 600_000, 60, 10)]
    public void From_UserTimeout_KeepaliveFitsIn(int seconds, int userTimeout, int idle, int interval)
        => Assert.Equal(new SilenceLimits(userTimeout, idle, interval, 3), SilenceLimits.From(TimeSpan.FromSeconds(seconds)));

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, true)]
    [InlineData(90, false)]
    public void AreShort_UserTimeout_BelowWhatTheLooksAreGoodFor(int seconds, bool expected)
        => Assert.Equal(expected, SilenceLimits.From(TimeSpan.FromSeconds(seconds)).AreShort);

    [Fact]
    public async Task Listener_HasLimits_AcceptedSocketsInheritThem()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP_USER_TIMEOUT is Linux'");
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        SilenceOptions.Set(listening, SilenceLimits.From(TimeSpan.FromSeconds(7)));
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listening.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var accepted = await listening.AcceptAsync(TestContext.Current.CancellationToken);

        Assert.Equal(7000, Option(accepted, Linux.TcpUserTimeout));
        Assert.Equal(4, Option(accepted, Linux.TcpKeepIdle));

        // A reload: what is accepted from then on has the new ones.
        Descriptor.Limit((int)listening.Handle, SilenceLimits.From(TimeSpan.Zero));
        using var later = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await later.ConnectAsync(listening.LocalEndPoint!, TestContext.Current.CancellationToken);
        using var acceptedLater = await listening.AcceptAsync(TestContext.Current.CancellationToken);

        Assert.Equal((0, 60), (Option(acceptedLater, Linux.TcpUserTimeout), Option(acceptedLater, Linux.TcpKeepIdle)));
    }

    private static int Option(Socket socket, int name)
    {
        Span<byte> value = stackalloc byte[4];
        socket.GetRawSocketOption(Linux.LevelTcp, name, value);
        return BitConverter.ToInt32(value);
    }
}
