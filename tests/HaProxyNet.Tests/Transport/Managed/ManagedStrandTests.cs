using HaProxyNet.Transport.Managed;

namespace HaProxyNet.Tests.Transport.Managed;

public sealed class ManagedStrandTests
{
    private const int Works = 2000;

    private readonly ManagedStrand _strand = new();

    [Fact]
    public void Run_WhileBusy_RunsBehindIt()
    {
        var order = new List<string>();

        _strand.Run(new Work(() =>
        {
            _strand.Run(new Work(() => order.Add("inner")));
            order.Add("outer");
        }));

        Assert.Equal(["outer", "inner"], order);
    }

    [Fact]
    public async Task Run_ManyThreads_EachOnceAndNeverTwoAtOnce()
    {
        var inside = 0;
        var overlaps = 0;
        var done = 0;
        await Task.WhenAll(Enumerable.Range(0, Works).Select(_ => Task.Run(() => _strand.Run(new Work(() =>
        {
            overlaps += Interlocked.Increment(ref inside) - 1;
            done++;
            Thread.SpinWait(50);
            Interlocked.Decrement(ref inside);
        })))));

        SpinWait.SpinUntil(() => Volatile.Read(ref done) == Works, TimeSpan.FromSeconds(30));
        Assert.Equal((Works, 0), (done, overlaps));
    }

    private sealed class Work(Action run) : IStrandWork
    {
        public void Run() => run();
    }
}
