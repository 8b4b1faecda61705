using System.Text;
using HaProxyNet.Management.Scraping;
using Prometheus;

namespace HaProxyNet.Tests.Management.Scraping;

public sealed class SeriesRoundTests
{
    private readonly CollectorRegistry _registry = Metrics.NewCustomRegistry();

    [Fact]
    public async Task End_WhatWasNotPublishedAgain_Goes()
    {
        var counter = Metrics.WithCustomRegistry(_registry).CreateCounter("events_total", "Events.", "name");
        var round = new SeriesRound();
        round.Begin();
        round.Count(counter, 0, "stays");
        round.Count(counter, 3, "goes");
        round.End();
        Assert.Contains("events_total{name=\"stays\"} 0", await TextAsync(), StringComparison.Ordinal);

        round.Begin();
        round.Count(counter, 1, "stays");
        round.End();

        var text = await TextAsync();
        Assert.Contains("events_total{name=\"stays\"} 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain("goes", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_SeriesThatComesBack_IsThereAgain()
    {
        var counter = Metrics.WithCustomRegistry(_registry).CreateCounter("events_total", "Events.", "name");
        var round = new SeriesRound();
        foreach (var isThere in new[] { true, false, true })
        {
            round.Begin();
            if (isThere)
            {
                round.Count(counter, 2, "returns");
            }

            round.End();
        }

        Assert.Contains("events_total{name=\"returns\"} 2", await TextAsync(), StringComparison.Ordinal);
    }

    /// <summary>Looking labels up is what a scrape of many destinations spends its time with: it is for what is new.</summary>
    [Fact]
    public async Task Count_RoundLikeTheOneBefore_NothingIsLookedUp()
    {
        var counter = Metrics.WithCustomRegistry(_registry).CreateCounter("events_total", "Events.", "name");
        var round = new SeriesRound();
        string[] names = ["a", "b", "c"];
        Publish(names, 1);
        Publish(names, 2);
        Assert.Equal(3, round.LookUps);

        names = ["first", .. names];
        Publish(names, 3);
        var changed = round.LookUps;
        Publish(names, 4);
        Publish(["a", "c"], 5);

        Assert.InRange(changed, 4, 7);
        var text = await TextAsync();
        Assert.Contains("events_total{name=\"a\"} 5", text, StringComparison.Ordinal);
        Assert.Contains("events_total{name=\"c\"} 5", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"b\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("first", text, StringComparison.Ordinal);

        void Publish(string[] all, int value)
        {
            round.Begin();
            foreach (var name in all)
            {
                round.Count(counter, value, name);
            }

            round.End();
        }
    }

    private async Task<string> TextAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
