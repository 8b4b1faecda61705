using System.Diagnostics;
using HaProxyNet.Configuration;
using HaProxyNet.StressTests.Planning;
using HaProxyNet.StressTests.Serving;

namespace HaProxyNet.StressTests;

/// <summary>One engine under stress: starts, plays, comes to rest, and looks what was left.</summary>
internal static class StressRun
{
    private const int WarmUp = 100;

    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(15);

    /// <summary>Runs it.</summary>
    public static async Task<StressResult> RunAsync(EngineKind engine, StressOptions options, CancellationToken cancellation)
    {
        // What the process opens once is open after this.
        var warm = options with { Connections = WarmUp, First = 1, Duration = TimeSpan.FromSeconds(5) };
        var tally = new Tally(engine.ToString(), options.Seed);
        await PlayAsync(engine, warm, tally, cancellation);
        await Task.Yield();
        var descriptors = ProcessUse.Descriptors();
        var managed = ProcessUse.ManagedBytes();

        await PlayAsync(engine, options, tally, cancellation);

        // Not from inside of what has just ended, or all of it would still be held.
        await Task.Yield();
        var managedAfter = ProcessUse.ManagedBytes();
        tally.Leaked(await LeftAsync(() => Task.FromResult(ProcessUse.Descriptors() - descriptors)), "descriptors");
        Console.WriteLine(
            $"{engine}: managed heap {managed / 1024} KB before, {managedAfter / 1024} KB after; {descriptors} descriptors before");
        return tally.Result;
    }

    private static async Task PlayAsync(EngineKind engine, StressOptions options, Tally tally, CancellationToken cancellation)
    {
        await using var stage = await Stage.StartAsync(engine, tally);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        over.CancelAfter(options.Duration);
        var churning = Churn.RunAsync(stage.Churning, options.Seed, over.Token);
        var planner = new LifePlanner(options.Seed, options.Only);
        var next = options.First - 1;
        var last = options.Connections == long.MaxValue ? long.MaxValue : options.First + options.Connections - 1;
        var players = Enumerable.Range(0, options.Concurrency).Select(_ => Task.Run(async () =>
        {
            while (!over.IsCancellationRequested && Interlocked.Increment(ref next) is var number && number <= last)
            {
                await stage.PlayAsync(planner.Plan(number));
            }
        }));
        await Task.WhenAll(players);
        await over.CancelAsync();
        await churning;
        tally.Leaked(await LeftAsync(stage.Proxy.CountOpenAsync), "connections in the proxy");
        await stage.PlayedAsync();
    }

    /// <summary>What is left after a while, of something that goes away on its own.</summary>
    private static async Task<int> LeftAsync(Func<Task<int>> count)
    {
        var began = Stopwatch.GetTimestamp();
        var left = await count();
        while (left > 0 && Stopwatch.GetElapsedTime(began) < _rest)
        {
            await Task.Delay(20, CancellationToken.None);
            left = await count();
        }

        return left;
    }
}
