using System.Diagnostics;
using System.Globalization;

namespace HaProxyNet.FuzzTests;

/// <summary>Inputs on one thread; each that takes a branch which no input had taken is changed further.</summary>
internal static class GuidedRun
{
    private const int NotInstrumented = 2;

    /// <summary>The exit code: 0 when nothing was found.</summary>
    public static int Run(IFuzzTarget target, long executions, int seed)
    {
        using var map = new CoverageMap(target);
        var corpus = CorpusFile.All(target.Name).Select(f => f.Bytes).ToList();
        corpus.ForEach(bytes => map.IsNews(bytes));
        if (map.Seen == 0)
        {
            Console.WriteLine("The assembly has no counters: run sharpfuzz on it first, as tests/HaProxyNet.FuzzTests/README.md says.");
            return NotInstrumented;
        }

        Console.WriteLine($"corpus={corpus.Count} branches={map.Seen} executions={executions} seed={seed}");
        var began = Stopwatch.GetTimestamp();
        var random = new Random(seed);
        var next = target.Inputs(corpus, random);
        string? finding = null;
        long done = 0;
        for (; done < executions && finding is null; done++)
        {
            var wire = next();
            finding = FuzzRun.Try(target, wire, random);
            if (map.IsNews(wire))
            {
                corpus.Add(wire);
            }
        }

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(finding ?? "no finding");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"executions={done} findings={(finding is null ? 0 : 1)} corpus={corpus.Count} branches={map.Seen} seconds="
                + $"{seconds:0.0} per_second={done / seconds:0}"));
        return finding is null ? 0 : 1;
    }
}
