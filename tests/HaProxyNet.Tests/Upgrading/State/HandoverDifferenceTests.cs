using System.Net;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Upgrading.State;

namespace HaProxyNet.Tests.Upgrading.State;

public sealed class HandoverDifferenceTests
{
    private static readonly HeldRelay _quiet = new(
        RelayState.Start,
        LastByteAt: 5,
        new HeldPeer(10, IPEndPoint.Parse("192.0.2.1:1234")),
        new HeldPeer(11, IPEndPoint.Parse("192.0.2.2:636")),
        HeldDirection.Empty(hasEnded: false),
        HeldDirection.Empty(hasEnded: false));

    public static TheoryData<string> Events =>
        ["bytes in the moment of the copy", "FIN", "reset", "bytes held", "bytes in a pipe", "byte taken and given", "end of a direction"];

    [Fact]
    public void Of_NothingHasHappened_NothingIsSaid()
    {
        var difference = HandoverDifference.Of(Copied(1, 2), [Held(1, _quiet), Held(2, _quiet with { State = RelayState.Start })]);

        Assert.Empty(difference.Begun);
        Assert.Empty(difference.Changed);
        Assert.Empty(difference.Ended);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void Of_SomethingHasHappened_IsSaidInFull(string what)
    {
        var now = After(what);

        var change = Assert.Single(HandoverDifference.Of(Copied(1, 2), [Held(1, _quiet), Held(2, now)]).Changed);

        Assert.Equal(2, change.Number);
        Assert.Equal(now with { Client = _quiet.Client, Destination = _quiet.Destination }, change.Of(_quiet));
    }

    /// <summary>What a copy cannot carry is said although nothing else has happened since.</summary>
    [Fact]
    public void Of_BytesHeldSinceBeforeTheCopy_AreSaid()
        => Assert.Single(HandoverDifference.Of(
            Copied(1),
            [Held(1, _quiet with { FromClient = new HeldDirection(HasEnded: false, [1, 2], 0, -1, -1) })]).Changed);

    [Fact]
    public void Of_ConnectionsThatBeganAndEnded_AreNamed()
    {
        var difference = HandoverDifference.Of(Copied(1, 2, 3), [Held(2, _quiet), Held(7, _quiet)]);

        Assert.Equal(7, Assert.Single(difference.Begun).Number);
        Assert.Equal([1, 3], difference.Ended.Order());
        Assert.Empty(difference.Changed);
    }

    [Fact]
    public void Of_NothingCopied_EverythingHasBegun()
        => Assert.Equal(2, HandoverDifference.Of(Copied(), [Held(1, _quiet), Held(2, _quiet)]).Begun.Count);

    private static HeldRelay After(string what)
    {
        var state = RelayState.Start;
        switch (what)
        {
            case "bytes in the moment of the copy":
                state.OnDelivered(RelaySide.Client, 1);
                return _quiet with { State = state };
            case "FIN":
                state.OnFin(RelaySide.Destination);
                return _quiet with { State = state };
            case "reset":
                state.OnReceiverReset(RelaySide.Client);
                return _quiet with { State = state };
            case "bytes held":
                return _quiet with { FromClient = new HeldDirection(HasEnded: false, [1], 0, -1, -1) };
            case "bytes in a pipe":
                return _quiet with { FromDestination = new HeldDirection(HasEnded: false, [], 9, 20, 21) };
            case "byte taken and given":
                return _quiet with { LastByteAt = 6 };
            default:
                return _quiet with { FromDestination = HeldDirection.Empty(hasEnded: true) };
        }
    }

    private static Dictionary<long, HeldRelay> Copied(params long[] numbers) => numbers.ToDictionary(number => number, _ => _quiet);

    private static HandedRelay Held(long number, HeldRelay relay) => new(relay, "front", "pair", "primary") { Number = number };
}
