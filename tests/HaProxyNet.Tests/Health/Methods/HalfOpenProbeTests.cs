using System.Net;
using System.Net.Sockets;
using HaProxyNet.Health.Methods;
using HaProxyNet.Tests.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Methods;

public sealed class HalfOpenProbeTests
{
    private const int Times = 50;

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("::1")]
    public async Task Run_Listening_SucceedsAndAcceptNeverReturns(string host)
    {
        Assert.SkipUnless(HalfOpenProbe.IsPossible, "half-open probes need Linux");
        using var listening = Listen(host);
        var address = (IPEndPoint)listening.LocalEndPoint!;
        var probe = new HalfOpenProbe();
        for (var i = 0; i < Times; i++)
        {
            Assert.Equal(ProbeResult.Success, await Asking.AskAsync(probe, address));
        }

        // Whatever had been accepted would come before this one.
        using var client = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(address);
        using var accepted = await listening.AcceptAsync();
        Assert.Equal(client.LocalEndPoint, accepted.RemoteEndPoint);
        Assert.False(listening.Poll(0, SelectMode.SelectRead));
    }

    /// <summary>The counterpart: without its trick the same probe is accepted. It shows that the test above can fail.</summary>
    [Fact]
    public async Task Connect_Listening_IsAcceptedAndReset()
    {
        using var listening = Listen("127.0.0.1");

        Assert.Equal(ProbeResult.Success, await Asking.AskAsync(new ConnectProbe(), (IPEndPoint)listening.LocalEndPoint!));

        using var accepted = await listening.AcceptAsync();
        var fault = await Assert.ThrowsAsync<SocketException>(async () => await accepted.ReceiveAsync(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, fault.SocketErrorCode);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_NobodyListens_Refused(bool isHalfOpen)
    {
        using var bound = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));

        Assert.Equal(ProbeResult.Refused, await Asking.AskAsync(Create(isHalfOpen), (IPEndPoint)bound.LocalEndPoint!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_NobodyAnswers_TimedOut(bool isHalfOpen)
    {
        using var silent = new SilentAddress();

        Assert.Equal(
            ProbeResult.TimedOut,
            await Asking.AskAsync(Create(isHalfOpen), IPEndPoint.Parse(silent.ToString()), timeout: TimeSpan.FromMilliseconds(50)));
    }

    private static IProbe Create(bool isHalfOpen) => isHalfOpen && HalfOpenProbe.IsPossible ? new HalfOpenProbe() : new ConnectProbe();

    private static Socket Listen(string host)
    {
        var ip = IPAddress.Parse(host);
        var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(ip, 0));
            socket.Listen();
            return socket;
        }
        catch (SocketException)
        {
            Assert.Skip($"this machine has no {host}");
            throw;
        }
    }
}
