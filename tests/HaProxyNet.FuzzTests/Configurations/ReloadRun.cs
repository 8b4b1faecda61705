using System.Diagnostics;
using System.Globalization;

namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>So many files, each saved over the configuration of a proxy that runs; ends at the first finding.</summary>
internal static class ReloadRun
{
    /// <summary>A whole configuration now and then: the proxy is not to end up with nothing to lose.</summary>
    private const int WholeEvery = 50;

    /// <summary>The exit code: 0 when nothing was found.</summary>
    public static async Task<int> RunAsync(long files, int seed)
    {
        var began = Stopwatch.GetTimestamp();
        var finding = await FindAsync(files, seed);
        Console.WriteLine(finding ?? "no finding");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"files={files} seed={seed} findings={(finding is null ? 0 : 1)} seconds={Stopwatch.GetElapsedTime(began).TotalSeconds:0.0}"));
        return finding is null ? 0 : 1;
    }

    /// <summary>The first finding; null: there was none.</summary>
    public static async Task<string?> FindAsync(long files, int seed)
    {
        await using var proxy = await FuzzedProxy.StartAsync();
        var mutator = new ConfigurationMutator(new Random(seed), proxy.Ports);
        for (var i = 0L; i < files; i++)
        {
            var input = i % WholeEvery == 0 ? proxy.Whole : mutator.Next();
            if (await proxy.FaultOfAsync(input) is { } found)
            {
                return $"FOUND in file {i} of seed {seed}: {found}\n{input}";
            }
        }

        return await proxy.FaultOfAsync(proxy.Whole) is { } last ? $"FOUND at the end: {last}" : null;
    }
}
