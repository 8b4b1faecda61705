using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Traffic;

/// <summary>Random lives of many connections at once: whatever both sides do, what arrives is what was sent, as far as it was.</summary>
public sealed class RandomLives : Scenario
{
    private const int Lives = 300;
    private const int Most = 300_000;

    [Theory, ClassData<Engines>]
    public async Task ManyRandomLives_WhatArrivesIsWhatWasSent(EngineKind engine)
    {
        var destination = TestDestination.Serving("primary", agent => LiveAsync(agent, asClient: false));
        await StartAsync(engine, destination);

        await Parallel.ForAsync(0, Lives, new ParallelOptions { MaxDegreeOfParallelism = 30 }, async (seed, _) =>
        {
            using var client = await Proxy.ConnectAsync();
            await Scripts.RunAsync(client, async peer =>
            {
                await peer.SendAsync($"{seed:0000}");
                await LiveAsync(peer, asClient: true, seed);
            });
        });

        await Proxy.LinesAsync(Lives);
    }

    /// <summary>One side's life: sends pieces of its own bytes and may end in any way at any time; checks what it reads.</summary>
    private static async Task LiveAsync(TestPeer peer, bool asClient, int seed = -1)
    {
        seed = seed >= 0 ? seed : int.Parse(await peer.ReadAsync(4));
        var random = new Random((seed * 2) + (asClient ? 1 : 0));
        var mine = new Payload(seed + (asClient ? 0 : Lives), Most).ToArray();
        var reading =
            random.Next(4) == 0 ? Task.CompletedTask : ReadAsync(peer, new Payload(seed + (asClient ? Lives : 0), Most).ToArray());
        for (var at = 0; at < mine.Length && random.Next(20) > 0;)
        {
            var piece = Math.Min(random.Next(1, random.Next(2) == 0 ? 100 : 70_000), mine.Length - at);
            await peer.SendAsync(mine.AsMemory(at, piece));
            at += piece;
        }

        switch (random.Next(4))
        {
            case 0:
                peer.Reset();
                break;
            case 1:
                peer.Dispose();
                break;
            default:
                peer.FinishSending();
                break;
        }

        await reading;
    }

    private static async Task ReadAsync(TestPeer peer, byte[] expected)
    {
        var buffer = new byte[50_000];
        for (var at = 0; await peer.ReceiveAsync(buffer) is > 0 and var count; at += count)
        {
            Assert.True(
                buffer.AsSpan(0, count).SequenceEqual(expected.AsSpan(at, count)),
                $"Bytes {at} to {at + count} are not those that were sent.");
        }
    }
}
