using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Results;

namespace HaProxyNet.Tests.Comparison;

public sealed class TargetVerdictTests
{
    private static readonly Metric _cost = Metric.Cost("cpu", "CPU", "µs");
    private static readonly Target _bestPeer = new("rpc", "cpu", "CPU", 0.95, TargetReference.BestPeer);

    [Theory]
    [InlineData(64, true)]
    [InlineData(67, false)]
    public void Of_RatioToBestPeer_TakesTheLowestPeer(double ours, bool reached)
    {
        var verdict = TargetVerdict.Of(_bestPeer, [Work(ours, haproxyDefault: 80, haproxyBest: 68, nginxBest: 75)]);

        Assert.Equal(reached, verdict.Reached);
        Assert.Equal(ours / 68, verdict.Measured!.Value, 9);
        Assert.Contains("haproxy-best", verdict.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { 60.0, 64, 60 }, false)]
    [InlineData(new[] { 60.0, 66, 60 }, true)]
    [InlineData(new[] { 67.0, 64, 67 }, true)]
    [InlineData(new[] { 67.0, 66, 67 }, false)]
    public void Of_BoundAmongTheRounds_SaysSo(double[] rounds, bool isWithinNoise)
    {
        var ours = new ContenderResult("haproxynet", "haproxynet", ContenderRole.Ours, Readings(rounds), null);
        var work = Work(64, haproxyBest: 68);

        Assert.Equal(isWithinNoise, TargetVerdict.Of(_bestPeer, [work with { Contenders = [ours, .. work.Peers] }]).IsWithinNoise);
    }

    [Fact]
    public void Of_RatioToOneConfiguration_TakesThatOne()
    {
        var target = _bestPeer with { Against = TargetReference.Contender, Reference = "haproxy-default", AtMost = 0.30 };

        Assert.Equal(0.8, TargetVerdict.Of(target, [Work(64, haproxyDefault: 80, haproxyBest: 68, nginxBest: 75)]).Measured!.Value, 9);
    }

    [Fact]
    public void Of_RatioToBestOfProduct_IgnoresOtherProducts()
    {
        var target = _bestPeer with { Against = TargetReference.BestOfProduct, Reference = "nginx" };

        Assert.Equal(0.75, TargetVerdict.Of(target, [Work(75, haproxyDefault: 80, haproxyBest: 68, nginxBest: 100)]).Measured!.Value, 9);
    }

    [Fact]
    public void Of_BoundOfTheFigureItself_NeedsNoPeer()
    {
        var target = new Target("rpc", "cpu", "CPU", 64, TargetReference.Nothing);

        Assert.True(TargetVerdict.Of(target, [Work(64)]).Reached);
    }

    [Fact]
    public void Of_NoisyFigure_IsNotKnown()
    {
        var noisy = new ContenderResult("haproxynet", "haproxynet", ContenderRole.Ours, Readings(10, 50, 100), null);

        var verdict = TargetVerdict.Of(_bestPeer, [new WorkResult("rpc", "", [_cost], [noisy])]);

        Assert.Null(verdict.Reached);
        Assert.StartsWith("too noisy", verdict.Remark, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(50, false)]
    [InlineData(90, true)]
    public void Of_NoisyPeer_HidesTheBestOnlyWhenItMayBeBetter(double lowestOfNoisy, bool known)
    {
        var work = Work(64, haproxyBest: 68);
        var noisy = new ContenderResult("nginx-best", "nginx", ContenderRole.Peer, Readings(lowestOfNoisy, 100, 200), null);

        Assert.Equal(known, TargetVerdict.Of(_bestPeer, [work with { Contenders = [.. work.Contenders, noisy] }]).Reached is not null);
    }

    [Fact]
    public void Of_ProxyThatDidNotRun_IsNotKnown()
    {
        var failed = new ContenderResult("haproxynet", "haproxynet", ContenderRole.Ours, [], "ended");

        Assert.Null(TargetVerdict.Of(_bestPeer, [new WorkResult("rpc", "", [_cost], [failed])]).Reached);
    }

    [Fact]
    public void Targets_OfEveryWork_NameAMetricThatTheWorkHas() =>
        Assert.All(Targets.All, target => Assert.Contains(
            HaProxyNet.Comparison.Works.WorkCatalog.Find(target.Work).Metrics, metric => metric.Key == target.Metric));

    internal static WorkResult Work(double ours, double? haproxyDefault = null, double? haproxyBest = null, double? nginxBest = null)
    {
        List<ContenderResult> rows = [new("haproxynet", "haproxynet", ContenderRole.Ours, Readings(ours, ours, ours), null)];
        foreach (var (name, value) in new[]
        {
            ("haproxy-default", haproxyDefault),
            ("haproxy-best", haproxyBest),
            ("nginx-best", nginxBest),
        })
        {
            if (value is { } cost)
            {
                rows.Add(new ContenderResult(name, name.Split('-')[0], ContenderRole.Peer, Readings(cost, cost, cost), null));
            }
        }

        return new WorkResult("rpc", "requests", [_cost with { IsHeadline = true }], rows);
    }

    private static List<Reading> Readings(params double[] values) => [.. values.Select(value => Reading.Of(("cpu", value)))];
}
