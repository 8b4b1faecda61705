using HaProxyNet.Telemetry;
using HaProxyNet.Tls.SslStreams;

namespace HaProxyNet.Tests.Tls.SslStreams;

public sealed class JudgesBenchTests
{
    private readonly InternalFaults _faults = new();

    [Fact]
    public async Task SitDown_AnyThread_GoesOnOffThePool()
    {
        var bench = new JudgesBench(_faults);

        Assert.False(await SeesPoolAsync(bench));
    }

    /// <summary>More judgements than threads: none is lost, and never more run at once.</summary>
    [Fact]
    public async Task SitDown_Many_FewAtOnce()
    {
        var bench = new JudgesBench(_faults, most: 2);
        var (running, worst) = (0, 0);

        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ =>
        {
            await bench.SitDownAsync();
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref worst, now);
            Thread.SpinWait(1000);
            Interlocked.Decrement(ref running);
            await Task.Yield();
        }));

        Assert.InRange(worst, 1, 2);
        Assert.InRange(bench.Threads, 0, 2);
    }

    [Fact]
    public async Task SitDown_NothingToJudge_ThreadEndsAndAnotherFollows()
    {
        var bench = new JudgesBench(_faults, most: 1, idle: TimeSpan.FromMilliseconds(20));

        for (var i = 0; i < 3; i++)
        {
            Assert.False(await SeesPoolAsync(bench));
            await EndAsync(bench);
        }
    }

    private static async Task<bool> SeesPoolAsync(JudgesBench bench)
    {
        await bench.SitDownAsync();
        var sees = Thread.CurrentThread.IsThreadPoolThread;
        await Task.Yield();
        return sees;
    }

    private static async Task EndAsync(JudgesBench bench)
    {
        using var bound = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (bench.Threads > 0)
        {
            await Task.Delay(5, bound.Token);
        }
    }

    private static void InterlockedMax(ref int worst, int value)
    {
        for (var seen = Volatile.Read(ref worst); value > seen; seen = Volatile.Read(ref worst))
        {
            Interlocked.CompareExchange(ref worst, value, seen);
        }
    }
}
