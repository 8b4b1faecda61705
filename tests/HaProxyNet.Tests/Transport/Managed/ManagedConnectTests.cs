using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Managed;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Managed;

public sealed class ManagedConnectTests
{
    private const int Rounds = 200;

    /// <summary>A destination that accepts in the moment in which the attempt is given up must not be told of an orderly end.</summary>
    [Fact]
    public async Task Cancel_SystemHasConnectedAlready_DestinationIsReset()
    {
        using var listening = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listening.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listening.Listen();
        var givenUp = 0;
        for (var round = 0; round < Rounds; round++)
        {
            using var attempt = new ManagedConnect(
                (IPEndPoint)listening.LocalEndPoint!, SilenceLimits.From(TimeSpan.Zero), deadline: long.MaxValue, patienceEnds: 0);
            var running = attempt.RunAsync();
            attempt.Cancel(ConnectStatus.ClientGone);
            var (status, socket) = await running;
            socket?.Dispose();
            givenUp += status is ConnectStatus.ClientGone ? 1 : 0;
            while (listening.Poll(0, SelectMode.SelectRead))
            {
                using var accepted = await listening.AcceptAsync(TestContext.Current.CancellationToken);
                if (status is ConnectStatus.Connected)
                {
                    continue;
                }

                var end = await Assert.ThrowsAsync<SocketException>(
                    () => accepted.ReceiveAsync(new byte[1], SocketFlags.None, TestContext.Current.CancellationToken).AsTask());
                Assert.Equal(SocketError.ConnectionReset, end.SocketErrorCode);
            }
        }

        Assert.NotEqual(0, givenUp);
    }
}
