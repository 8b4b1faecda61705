using System.Diagnostics;
using System.Globalization;
using HaProxyNet.FuzzTests.Hello;
using HaProxyNet.Tls.Hello;

namespace HaProxyNet.FuzzTests;

/// <summary>So many inputs, on several threads; ends at the first finding.</summary>
internal static class FuzzRun
{
    /// <summary>Inputs of one worker that share a seed, so that a finding is repeated by few.</summary>
    private const int BatchSize = 10_000;

    /// <summary>The exit code: 0 when nothing was found.</summary>
    public static int Run(long executions, int seed, int workers)
    {
        var corpus = CorpusFile.All().Select(f => f.Bytes).ToList();
        Console.WriteLine($"corpus={corpus.Count} executions={executions} seed={seed} workers={workers}");
        var began = Stopwatch.GetTimestamp();
        var counts = new long[Enum.GetValues<HelloStatus>().Length];
        string? finding = null;
        var batches = (executions + BatchSize - 1) / BatchSize;
        Parallel.For(0L, batches, new ParallelOptions { MaxDegreeOfParallelism = workers }, (batch, state) =>
        {
            var count = (int)Math.Min(BatchSize, executions - (batch * BatchSize));
            if (RunBatch(corpus, unchecked((seed * 397) ^ (int)batch), count, counts) is { } found && Interlocked.CompareExchange(ref finding, found, null) is null)
            {
                state.Stop();
            }
        });

        var seconds = Stopwatch.GetElapsedTime(began).TotalSeconds;
        Console.WriteLine(string.Join(' ', Enum.GetValues<HelloStatus>().Select(s => $"{s}={counts[(int)s]}")));
        Console.WriteLine(finding ?? "no finding");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"executions={counts.Sum()} findings={(finding is null ? 0 : 1)} seconds={seconds:0.0} per_second={counts.Sum() / seconds:0}"));
        return finding is null ? 0 : 1;
    }

    private static string? RunBatch(List<byte[]> corpus, int seed, int count, long[] counts)
    {
        var random = new Random(seed);
        var mutator = new HelloMutator(corpus, random);
        var own = new long[counts.Length];
        string? finding = null;
        for (var i = 0; i < count && finding is null; i++)
        {
            var wire = mutator.Next();
            finding = Try(wire, random);
            own[(int)HelloParser.Parse(wire).Status] += finding is null ? 1 : 0;
        }

        for (var i = 0; i < own.Length; i++)
        {
            Interlocked.Add(ref counts[i], own[i]);
        }

        return finding;
    }

    /// <summary>What is wrong with the parser for this input, ready to be printed.</summary>
    public static string? Try(byte[] wire, Random random)
    {
        try
        {
            return HelloOracle.FaultOf(wire, random) is { } fault ? $"FOUND: {fault}\n{Convert.ToHexString(wire)}" : null;
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            return $"FOUND: {fault}\n{Convert.ToHexString(wire)}";
        }
    }
}
