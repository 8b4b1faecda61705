using System.Net.Sockets;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Teardown;

public sealed class TeardownRulesTests
{
    [Theory]
    [InlineData(true, 10, 10, true)] // Answered, then our FIN, then nothing: its way to say goodbye.
    [InlineData(false, 10, -1, false)] // We have not sent FIN: it broke off.
    [InlineData(true, 0, 0, false)] // It never answered.
    [InlineData(true, 20, 10, false)] // It was in the middle of an answer.
    [InlineData(false, 0, -1, false)]
    public void IsAnswerToFin_Flows_OnlyWhenAllWasSaidBefore(bool hasFin, long bytes, long bytesAtPeerFin, bool expected)
    {
        var fromPeer = new RelayFlow { Bytes = bytes, BytesAtPeerFin = bytesAtPeerFin };

        Assert.Equal(expected, TeardownRules.IsAnswerToFin(hasFin, fromPeer));
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client), false, nameof(ConnectionOutcome.ClientReset))]
    [InlineData(nameof(RelaySide.Destination), false, nameof(ConnectionOutcome.DestinationReset))]
    [InlineData(nameof(RelaySide.Destination), true, nameof(ConnectionOutcome.PeerVanished))]
    public void OutcomeOfLoss_Side_NamesIt(string side, bool hasVanished, string expected)
        => Assert.Equal(expected, TeardownRules.OutcomeOfLoss(Enum.Parse<RelaySide>(side), hasVanished).ToString());

    [Theory]
    [InlineData(SocketError.TimedOut, true)]
    [InlineData(SocketError.HostUnreachable, true)]
    [InlineData(SocketError.NetworkUnreachable, true)]
    [InlineData(SocketError.ConnectionReset, false)]
    [InlineData(SocketError.Shutdown, false)]
    [InlineData(SocketError.Success, false)]
    public void IsSilence_Error_OnlyWhereNobodyAnswered(SocketError error, bool expected)
        => Assert.Equal(expected, TeardownRules.IsSilence(error));
}
