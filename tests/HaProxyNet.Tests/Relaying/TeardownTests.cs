using HaProxyNet.Closing;
using HaProxyNet.Relaying;

namespace HaProxyNet.Tests.Relaying;

public sealed class TeardownTests
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

        Assert.Equal(expected, Teardown.IsAnswerToFin(hasFin, fromPeer));
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client), ConnectionOutcome.ClientReset)]
    [InlineData(nameof(RelaySide.Destination), ConnectionOutcome.DestinationReset)]
    public void OutcomeOfReset_Side_NamesIt(string side, ConnectionOutcome expected)
        => Assert.Equal(expected, Teardown.OutcomeOfReset(Enum.Parse<RelaySide>(side)));
}
