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

    private async Task<string> TextAsync()
    {
        using var text = new MemoryStream();
        await _registry.CollectAndExportAsTextAsync(text, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(text.ToArray());
    }
}
