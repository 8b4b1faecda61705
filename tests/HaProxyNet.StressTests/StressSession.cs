namespace HaProxyNet.StressTests;

/// <summary>One invocation: the engines in turn, and the last line.</summary>
internal static class StressSession
{
    /// <summary>Runs it; 0 when everything was as it should be.</summary>
    public static async Task<int> RunAsync(StressOptions options, CancellationToken cancellation)
    {
        Console.WriteLine($"seed {options.Seed}, {options.Concurrency} connections at once, {options.Duration} for each engine");
        var total = new StressResult();
        foreach (var engine in options.Engines)
        {
            var result = await StressRun.RunAsync(engine, options, cancellation);
            Console.WriteLine($"{engine}: {result}");
            total += result;
        }

        Console.WriteLine(total);
        return total.IsGood ? 0 : 1;
    }
}
