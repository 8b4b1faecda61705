using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Teardown;

public sealed class RelayStateTests
{
    [Theory]
    [InlineData(nameof(RelaySide.Client))]
    [InlineData(nameof(RelaySide.Destination))]
    public void OnFin_FirstSide_IsPassedOnAndTheRelayGoesOn(string first)
    {
        var state = RelayState.Start;

        Assert.Equal(RelayAction.PassFin, state.OnFin(Side(first)));

        Assert.Equal(ConnectionOutcome.None, state.Outcome);
        Assert.Equal(Side(first), state.FirstFin);
        Assert.True(state.HasFinished(Side(first)));
        Assert.False(state.HasFinished(Side(first).Other()));
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client))]
    [InlineData(nameof(RelaySide.Destination))]
    public void OnFin_SecondSide_ClosesBothAndTellsWhoWasFirst(string first)
    {
        var state = RelayState.Start;
        state.OnDelivered(RelaySide.Client, 3);
        state.OnDelivered(RelaySide.Destination, 5);
        state.OnFin(Side(first));
        state.OnDelivered(Side(first).Other(), 10);

        Assert.Equal(RelayAction.CloseBoth, state.OnFin(Side(first).Other()));

        var (bytesIn, bytesOut) = first == nameof(RelaySide.Client) ? (3, 15) : (13, 5);
        Assert.Equal(new RelayResult(ConnectionOutcome.Completed, Side(first), bytesIn, bytesOut), state.Result);
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client), nameof(ConnectionOutcome.ClientReset))]
    [InlineData(nameof(RelaySide.Destination), nameof(ConnectionOutcome.DestinationReset))]
    public void OnSenderReset_InMidLife_ResetsBoth(string side, string expected)
    {
        var state = RelayState.Start;
        state.OnDelivered(Side(side), 10);

        Assert.Equal(RelayAction.ResetBoth, state.OnSenderReset(Side(side)));

        Assert.Equal(expected, state.Outcome.ToString());
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client))]
    [InlineData(nameof(RelaySide.Destination))]
    public void OnSenderReset_AnswerToFin_IsAnOrderlyEnd(string side)
    {
        var state = RelayState.Start;
        state.OnDelivered(Side(side), 10);
        state.OnFin(Side(side).Other());

        Assert.Equal(RelayAction.CloseBoth, state.OnSenderReset(Side(side)));

        Assert.Equal(ConnectionOutcome.Completed, state.Outcome);
        Assert.Equal(Side(side).Other(), state.FirstFin);
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client))]
    [InlineData(nameof(RelaySide.Destination))]
    public void OnSenderReset_VanishedBehindOurFin_IsNoOrderlyEndAndNamesTheSide(string side)
    {
        var state = RelayState.Start;
        state.OnDelivered(Side(side), 10);
        state.OnFin(Side(side).Other());
        state.OnVanished(Side(side));

        Assert.Equal(RelayAction.ResetBoth, state.OnSenderReset(Side(side)));

        Assert.Equal((ConnectionOutcome.PeerVanished, Side(side)), (state.Result.Outcome, state.Result.By));
    }

    [Fact]
    public void OnSenderReset_TheOtherSideHasVanished_IsAReset()
    {
        var state = RelayState.Start;
        state.OnVanished(RelaySide.Destination);
        state.OnSenderReset(RelaySide.Client);

        Assert.Equal(ConnectionOutcome.ClientReset, state.Outcome);
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client), nameof(ConnectionOutcome.ClientReset))]
    [InlineData(nameof(RelaySide.Destination), nameof(ConnectionOutcome.DestinationReset))]
    public void OnSenderReset_AfterItsOwnFin_ResetsBoth(string side, string expected)
    {
        var state = RelayState.Start;
        state.OnDelivered(Side(side), 10);
        state.OnFin(Side(side));

        Assert.Equal(RelayAction.ResetBoth, state.OnSenderReset(Side(side)));

        Assert.Equal(expected, state.Outcome.ToString());
    }

    [Theory]
    [InlineData(nameof(RelaySide.Client), nameof(ConnectionOutcome.ClientReset))]
    [InlineData(nameof(RelaySide.Destination), nameof(ConnectionOutcome.DestinationReset))]
    public void OnReceiverReset_WhatItSentBeforeIsStillDelivered_ThenBothAreReset(string side, string expected)
    {
        var state = RelayState.Start;

        Assert.Equal(RelayAction.None, state.OnReceiverReset(Side(side)));
        Assert.True(state.HasReset(Side(side)));
        Assert.Equal(ConnectionOutcome.None, state.Outcome);
        state.OnDelivered(Side(side), 7);

        // The system tells an error once; the pump that reads sees an end of data, which HasReset tells it to take for a reset.
        Assert.Equal(RelayAction.ResetBoth, state.OnSenderReset(Side(side)));
        Assert.Equal(expected, state.Outcome.ToString());
    }

    [Fact]
    public void OnReceiverReset_ReceiverHadFinished_ResetsBothAtOnce()
    {
        var state = RelayState.Start;
        state.OnFin(RelaySide.Destination);

        Assert.Equal(RelayAction.ResetBoth, state.OnReceiverReset(RelaySide.Destination));
        Assert.Equal(ConnectionOutcome.DestinationReset, state.Outcome);
    }

    [Fact]
    public void OnReceiverReset_BothSides_ResetsBothAtOnce()
    {
        var state = RelayState.Start;
        state.OnReceiverReset(RelaySide.Client);

        Assert.Equal(RelayAction.ResetBoth, state.OnReceiverReset(RelaySide.Destination));
    }

    [Fact]
    public void OnAbort_AfterTheEnd_ChangesNothing()
    {
        var state = RelayState.Start;
        state.OnFin(RelaySide.Client);
        state.OnFin(RelaySide.Destination);

        Assert.Equal(RelayAction.None, state.OnAbort(ConnectionOutcome.IdleTimeout));
        Assert.Equal(ConnectionOutcome.Completed, state.Outcome);
    }

    [Fact]
    public void OnAbort_Twice_TheFirstReasonStays()
    {
        var state = RelayState.Start;

        Assert.Equal(RelayAction.ResetBoth, state.OnAbort(ConnectionOutcome.DrainDeadline));
        Assert.Equal(RelayAction.None, state.OnAbort(ConnectionOutcome.ClosedByAdmin));
        Assert.Equal(ConnectionOutcome.DrainDeadline, state.Outcome);
    }

    private static RelaySide Side(string name) => Enum.Parse<RelaySide>(name);
}
