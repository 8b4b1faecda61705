using System.Net.Sockets;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Transport;

public sealed class AcceptErrorsTests
{
    [Theory]
    [InlineData(SocketError.TooManyOpenSockets, nameof(AcceptErrorTier.ResourcePressure))]
    [InlineData(SocketError.NoBufferSpaceAvailable, nameof(AcceptErrorTier.ResourcePressure))]
    [InlineData(SocketError.ProcessLimit, nameof(AcceptErrorTier.ResourcePressure))]
    [InlineData(SocketError.NotSocket, nameof(AcceptErrorTier.Fatal))]
    [InlineData(SocketError.InvalidArgument, nameof(AcceptErrorTier.Fatal))]
    [InlineData(SocketError.OperationNotSupported, nameof(AcceptErrorTier.Fatal))]
    [InlineData(SocketError.OperationAborted, nameof(AcceptErrorTier.Fatal))]
    [InlineData(SocketError.ConnectionAborted, nameof(AcceptErrorTier.Transient))]
    [InlineData(SocketError.ConnectionReset, nameof(AcceptErrorTier.Transient))]
    [InlineData(SocketError.NetworkDown, nameof(AcceptErrorTier.Transient))]
    [InlineData(SocketError.HostUnreachable, nameof(AcceptErrorTier.Transient))]
    [InlineData(SocketError.Interrupted, nameof(AcceptErrorTier.Transient))]
    [InlineData(SocketError.AccessDenied, nameof(AcceptErrorTier.Transient))]
    public void Classify_Error_IsInItsTier(SocketError error, string expected)
        => Assert.Equal(expected, AcceptErrors.Classify(error).ToString());

    [Fact]
    public void NextPause_AgainAndAgain_DoublesUpToFiveSeconds()
    {
        var pauses = new List<double>();
        for (var pause = AcceptErrors.NextPause(TimeSpan.Zero); pauses.Count < 8; pause = AcceptErrors.NextPause(pause))
        {
            pauses.Add(pause.TotalMilliseconds);
        }

        Assert.Equal([100, 200, 400, 800, 1600, 3200, 5000, 5000], pauses);
    }
}
