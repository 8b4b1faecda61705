using HaProxyNet.State;
using HaProxyNet.Transport.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.State;

public sealed class ClusterServiceTests
{
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UnixEpoch.AddDays(1));
    private readonly ClusterService _service = new();

    [Fact]
    public void ResetsEveryone_NobodyCameYet_False() => Assert.False(ResetsEveryone());

    [Fact]
    public void ResetsEveryone_TheLastClientFoundNothing_TrueUntilOneIsServed()
    {
        Note(ConnectionOutcome.NoDestination);
        Assert.True(ResetsEveryone());

        Note(null);
        Assert.False(ResetsEveryone());
    }

    [Fact]
    public void ResetsEveryone_TheClientWentAway_SaysNothing()
    {
        Note(ConnectionOutcome.NoDestination);
        Note(ConnectionOutcome.ClientAborted);
        Assert.True(ResetsEveryone());
    }

    [Fact]
    public void ResetsEveryone_ADestinationAcceptedSince_False()
    {
        Note(ConnectionOutcome.NoDestination);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.False(ResetsEveryone(lastProven: _time.GetTimestamp()));
    }

    [Fact]
    public void ResetsEveryone_NothingIsAskedForAMinute_AnotherChance()
    {
        Note(ConnectionOutcome.NoDestination);
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.False(ResetsEveryone());
    }

    private void Note(ConnectionOutcome? end) => _service.Note(end, _time.GetTimestamp());

    private bool ResetsEveryone(long lastProven = 0) => _service.ResetsEveryone(lastProven, _time);
}
