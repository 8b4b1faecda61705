using System.Diagnostics;
using System.Globalization;
using HaProxyNet.Comparison.Contenders;

namespace HaProxyNet.Comparison.Works.Own;

/// <summary>The admin endpoint of HaProxyNet, as a scraper and a browser use it.</summary>
internal sealed class AdminClient(ProxySetup setup) : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(90);
    private readonly HttpClient _http = new() { BaseAddress = new Uri($"http://{setup.Admin}/"), Timeout = _patience };

    /// <summary>A document.</summary>
    public Task<string> GetAsync(string path, CancellationToken cancellation) => _http.GetStringAsync(path, cancellation);

    /// <summary>Waits until the proxy is ready.</summary>
    /// <exception cref="ComparisonException">It does not become so.</exception>
    public async Task IsReadyAsync(CancellationToken cancellation)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await IsReadyNowAsync(cancellation))
        {
            if (Stopwatch.GetElapsedTime(began) > _patience)
            {
                throw new ComparisonException($"It is not ready within {_patience.TotalSeconds} s.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(10), cancellation);
        }
    }

    /// <summary>The sum of a family's series.</summary>
    public async Task<double> SumAsync(string family, CancellationToken cancellation)
        => (await GetAsync("metrics", cancellation)).Split('\n')
            .Where(line => line.StartsWith(family, StringComparison.Ordinal) && line[family.Length] is '{' or ' ')
            .Sum(line => double.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));

    /// <summary>Scrapes once a second and keeps the live page's feed open, as a browser does, until it is cancelled.</summary>
    public async Task WatchAsync(CancellationToken stop)
    {
        try
        {
            await using var feed = await _http.GetStreamAsync("page/events", stop);
            var reading = feed.CopyToAsync(Stream.Null, stop);
            using var second = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await second.WaitForNextTickAsync(stop) && !reading.IsFaulted)
            {
                await GetAsync("metrics", stop);
            }

            await reading;
        }
        catch (OperationCanceledException)
        {
            // The window is closed.
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<bool> IsReadyNowAsync(CancellationToken cancellation)
    {
        try
        {
            using var answer = await _http.GetAsync("readyz", cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            // It does not listen yet.
            return false;
        }
    }
}
