using HaProxyNet.Health.Names;

namespace HaProxyNet.Tests.Health.Names;

public sealed class LookupThreadsTests
{
    private static readonly TimeSpan _bound = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Run_ManyThatAreSilent_AnotherOneIsAnsweredAtOnce()
    {
        var threads = new LookupThreads();
        using var silence = new ManualResetEventSlim();
        var silent = Enumerable.Range(0, 200).Select(_ => threads.RunAsync(() => silence.Wait(_bound))).ToArray();

        Assert.Equal(1, await threads.RunAsync(() => 1).WaitAsync(_bound));

        Assert.DoesNotContain(silent, task => task.IsCompleted);
        silence.Set();
        await Task.WhenAll(silent).WaitAsync(_bound);
    }

    [Fact]
    public async Task Run_MoreThanThreads_AllAreDone()
    {
        var threads = new LookupThreads();
        using var silence = new ManualResetEventSlim();
        var calls = Enumerable.Range(0, 400).Select(i => threads.RunAsync(() => silence.Wait(_bound) ? i : -1)).ToArray();
        Assert.InRange(threads.Running, 1, 256);

        silence.Set();

        Assert.Equal(Enumerable.Range(0, 400), await Task.WhenAll(calls).WaitAsync(_bound));
        Assert.True(SpinWait.SpinUntil(() => threads.Running == 0, _bound), "the threads end");
    }

    [Fact]
    public async Task Run_CallThrows_IsTheCallersAndTheThreadGoesOn()
    {
        var threads = new LookupThreads();

        await Assert.ThrowsAsync<InvalidOperationException>(() => threads.RunAsync<int>(() => throw new InvalidOperationException()));

        Assert.Equal(1, await threads.RunAsync(() => 1).WaitAsync(_bound));
    }
}
