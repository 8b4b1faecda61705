using System.Net.Sockets;
using HaProxyNet.Connecting;

namespace HaProxyNet.Tests.Connecting;

public sealed class ConnectErrorsTests
{
    [Theory]
    [InlineData(SocketError.Success, nameof(ConnectStatus.Connected))]
    [InlineData(SocketError.ConnectionRefused, nameof(ConnectStatus.Refused))]
    [InlineData(SocketError.ConnectionReset, nameof(ConnectStatus.Reset))]
    [InlineData(SocketError.ConnectionAborted, nameof(ConnectStatus.Reset))]
    [InlineData(SocketError.HostUnreachable, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.NetworkUnreachable, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.HostDown, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.AccessDenied, nameof(ConnectStatus.Unreachable))]
    [InlineData(SocketError.TimedOut, nameof(ConnectStatus.TimedOut))]
    [InlineData(SocketError.TooManyOpenSockets, nameof(ConnectStatus.LocalFailure))]
    [InlineData(SocketError.AddressNotAvailable, nameof(ConnectStatus.LocalFailure))]
    [InlineData(SocketError.NoBufferSpaceAvailable, nameof(ConnectStatus.LocalFailure))]
    public void Classify_Error_SaysWhatItMeansForTheDestination(SocketError error, string expected)
        => Assert.Equal(expected, ConnectErrors.Classify(error).ToString());

    [Theory]
    [InlineData(nameof(ConnectStatus.Connected), true)]
    [InlineData(nameof(ConnectStatus.Refused), true)]
    [InlineData(nameof(ConnectStatus.Reset), true)]
    [InlineData(nameof(ConnectStatus.Unreachable), true)]
    [InlineData(nameof(ConnectStatus.TimedOut), true)]
    [InlineData(nameof(ConnectStatus.Unresolved), true)]
    [InlineData(nameof(ConnectStatus.TlsFailed), true)]
    [InlineData(nameof(ConnectStatus.Loop), true)]
    [InlineData(nameof(ConnectStatus.LocalFailure), false)]
    [InlineData(nameof(ConnectStatus.ClientGone), false)]
    [InlineData(nameof(ConnectStatus.Aborted), false)]
    [InlineData(nameof(ConnectStatus.Pending), false)]
    public void IsEvidence_Status_OnlyWhatTheDestinationDid(string status, bool expected)
        => Assert.Equal(expected, Enum.Parse<ConnectStatus>(status).IsEvidence());

    [Fact]
    public void Label_EveryStatus_IsItsOwnAndFitForAMetric()
    {
        var labels = Enum.GetValues<ConnectStatus>().Select(s => s.Label()).ToList();

        Assert.Equal(labels.Count, labels.Distinct().Count());
        Assert.All(labels, label => Assert.Matches("^[a-z_]+$", label));
    }
}
