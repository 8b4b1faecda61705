using System.Diagnostics;
using System.Globalization;

namespace HaProxyNet.FuzzTests;

/// <summary>So many inputs, on several threads; ends at the first finding.</summary>
internal static class FuzzRun
{
    /// <summary>Inputs of one worker that share a seed, so that a finding is repeated by few.</summary>
    private const int BatchSize = 10_000;

    /// <summary>The exit code: 0 when nothing was found.</summary>
    public static int Run(IFuzzTarget target, long executions, int seed, int workers)
    {
        var corpus = CorpusFile.All(target.Name).Select(f => f.Bytes).ToList();
        Console.WriteLine($"target={target.Name} corpus={corpus.Count} executions={executions} seed={seed} workers={workers}");
        var began = Stopwatch.GetTimestamp();
        var counts = new long[target.Ends.Count];
        string? finding = null;
        var batches = (executions + BatchSize - 1) / BatchSize;
        Parallel.For(0L, batches, new ParallelOptions { MaxDegreeOfParallelism = workers }, (batch, state) =>
        {
            var count = (int)Math.Min(BatchSize, executions - (batch * BatchSize));
            if (RunBatch(target, corpus, unchecked((seed * 397) ^ (int)batch), count, counts) is { } found
                && Interlocked.CompareExchange(ref finding, found, null) is null)
            {
                state.Stop();
            }
        });

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Join(' ', target.Ends.Select((end, i) => $"{end}={counts[i]}")));
        Console.WriteLine(finding ?? "no finding");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"executions={counts.Sum()} findings={(finding is null ? 0 : 1)} seconds={seconds:0.0} per_second={counts.Sum() / seconds:0}"));
        return finding is null ? 0 : 1;
    }

    private static string? RunBatch(IFuzzTarget target, List<byte[]> corpus, int seed, int count, long[] counts)
    {
        var random = new Random(seed);
        var next = target.Inputs(corpus, random);
        var own = new long[counts.Length];
        string? finding = null;
        for (var i = 0; i < count && finding is null; i++)
        {
            var wire = next();
            finding = Try(target, wire, random);
            own[target.Parse(wire)] += finding is null ? 1 : 0;
        }

        for (var i = 0; i < own.Length; i++)
        {
            Interlocked.Add(ref counts[i], own[i]);
        }

        return finding;
    }

    /// <summary>What is wrong with the parser for this input, ready to be printed.</summary>
    public static string? Try(IFuzzTarget target, byte[] wire, Random random)
    {
        try
        {
            return target.FaultOf(wire, random) is { } fault ? $"FOUND: {fault}\n{Convert.ToHexString(wire)}" : null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"FOUND: {fault}\n{Convert.ToHexString(wire)}";
        }
    }
}
