using HaProxyNet.Telemetry.Troubles;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Telemetry.Troubles;

/// <summary>An outage of hours fills neither the memory nor the disk.</summary>
public sealed class TroubleFeedTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Add_EverythingFails_KeepsSomeAndCountsTheRest()
    {
        var feed = new TroubleFeed(_time);
        for (var i = 0; i < 10_000; i++)
        {
            feed.Add(Ended(isUnknown: i % 2 == 0));
            feed.Add(new FailedAttempt(default, "c", $"d{i % 2}", "127.0.0.1:1", "refused", 0));
        }

        var (connections, attempts) = feed.Take();

        Assert.Equal((500, 50, 20), (connections.Count(c => c.IsUnknown), connections.Count(c => !c.IsUnknown), attempts.Count));
        Assert.Equal(20_000 - 570, feed.NotKept);
        Assert.Empty(feed.Take().Connections);
    }

    [Fact]
    public void Add_AMinuteLater_KeepsSomeMore()
    {
        var feed = new TroubleFeed(_time);
        Flood(feed);
        feed.Take();

        _time.Advance(TimeSpan.FromMinutes(1));
        Flood(feed);

        Assert.Equal(60, feed.Take().Connections.Count);
    }

    private static void Flood(TroubleFeed feed)
    {
        for (var i = 0; i < 1000; i++)
        {
            feed.Add(Ended(isUnknown: true));
        }
    }

    private static TroubledConnection Ended(bool isUnknown)
        => new(default, "10.0.0.1:1", "l", "c", "d", "destination_reset", 1, 0, 0, 0) { IsUnknown = isUnknown };
}
