using HaProxyNet.Configuration;
using HaProxyNet.Maintaining;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging.Testing;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Maintaining;

/// <summary>When a shared store is called away, and when it is called back.</summary>
public sealed class StoreConditionTests
{
    private static readonly TimeSpan _round = TimeSpan.FromSeconds(2);

    private readonly FakeTimeProvider _time = new();
    private readonly FakeLogger<StoreCondition> _log = new();
    private readonly StoreCondition _condition;

    public StoreConditionTests() => _condition = new(new ProxyOptions(), new ProxyMetrics(), _time, _log);

    [Fact]
    public void Away_ThenAnAnswer_IsBackAtOnce()
    {
        Away(rounds: 3);
        Up(rounds: 1);

        Assert.Equal((true, null), (_condition.IsUp, _condition.Problem));
        Assert.Equal((1, 1), (_log.Warnings.Count, _log.Informations.Count));
    }

    /// <summary>Its answers take about as long as they may: some are in time.</summary>
    [Fact]
    public void EverySecondAnswerIsInTime_IsAway_AndSaidOnce()
    {
        for (var round = 0; round < 1000; round++)
        {
            Away(rounds: 1);
            Up(rounds: 1);
        }

        Assert.Equal((false, "slow"), (_condition.IsUp, _condition.Problem));
        Assert.Equal((2, 1), (_log.Warnings.Count, _log.Informations.Count));
    }

    /// <summary>Each return that did not last makes the next one wait for longer.</summary>
    [Fact]
    public void GoneAgainSoon_IsBackWhenItHasAnsweredForLonger()
    {
        Away(rounds: 1);
        Up(rounds: 1);
        Away(rounds: 1);
        Up(rounds: 3);
        Assert.False(_condition.IsUp);
        Up(rounds: 1);
        Assert.True(_condition.IsUp);

        Away(rounds: 1);
        Up(rounds: 5);
        Assert.False(_condition.IsUp);
        Up(rounds: 1);
        Assert.True(_condition.IsUp);
    }

    [Fact]
    public void StayedForAMinute_TheNextReturnIsBelievedAtOnce()
    {
        EverySecondAnswerIsInTime_IsAway_AndSaidOnce();
        Up(rounds: 100);
        Assert.True(_condition.IsUp);

        Away(rounds: 1);
        Up(rounds: 1);

        Assert.True(_condition.IsUp);
    }

    private void Away(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _time.Advance(_round);
            _condition.Away("slow");
        }
    }

    private void Up(int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            _time.Advance(_round);
            _condition.Up();
        }
    }
}
