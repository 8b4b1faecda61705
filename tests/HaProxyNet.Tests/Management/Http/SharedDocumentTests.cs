using HaProxyNet.Management.Http;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.Http;

public sealed class SharedDocumentTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly InternalFaults _faults = new();

    [Fact]
    public async Task Read_ManyMeanwhile_ShareOneThatWasBegunAfterTheyAsked()
    {
        using var gate = new SemaphoreSlim(0);
        var written = 0;
        var document = New(async () =>
        {
            await gate.WaitAsync();
            return new[] { (byte)++written };
        });

        var first = document.ReadAsync();
        await Until(() => gate.Release() >= 0 && first.IsCompleted);
        var others = Enumerable.Range(0, 300).Select(_ => document.ReadAsync()).ToList();
        gate.Release();
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return others.TrueForAll(o => o.IsCompleted);
        });

        Assert.Equal([1], (await first)!.Value.ToArray());
        Assert.All(await Task.WhenAll(others), bytes => Assert.Equal([2], bytes!.Value.ToArray()));
        Assert.Equal(2, written);
    }

    [Fact]
    public async Task Read_RightAfterAnother_WaitsForThePause()
    {
        var document = New(() => Task.FromResult<ReadOnlyMemory<byte>>(new byte[] { 1 }));
        await document.ReadAsync();

        var second = document.ReadAsync();

        Assert.False(second.IsCompleted);
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromMilliseconds(100));
            return second.IsCompleted;
        });
    }

    [Fact]
    public async Task Read_WriterThrows_AnswersNullCountsAndGoesOn()
    {
        var throws = true;
        var document =
            New(() => throws ? throw new InvalidOperationException("broken") : Task.FromResult<ReadOnlyMemory<byte>>(new byte[] { 7 }));

        Assert.Null(await document.ReadAsync());
        Assert.Equal(1, _faults[FaultPlace.Metrics]);
        throws = false;
        var next = document.ReadAsync();
        await Until(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return next.IsCompleted;
        });
        Assert.Equal([7], (await next)!.Value.ToArray());
    }

    private SharedDocument New(Func<Task<ReadOnlyMemory<byte>>> write) => new(FaultPlace.Metrics, write, _faults, _time);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
