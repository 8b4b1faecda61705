using System.ComponentModel;
using System.Net.Sockets;
using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Works;

namespace HaProxyNet.Comparison.Running;

/// <summary>Works one after the other; within a work, rounds; within a round, every contender in turn: A B C, A B C, …</summary>
internal sealed class ComparisonRun(Bench bench, IReadOnlyList<Contender> all, Action<string> tell)
{
    /// <summary>One work, all rounds.</summary>
    public async Task<WorkResult> RunAsync(IWork work, CancellationToken cancellation)
    {
        var contenders = all.Where(contender => contender.Does(work) && (!work.IsOurs || contender is HaProxyNetContender)).ToList();
        var readings = contenders.ToDictionary(contender => contender, _ => new List<Reading>());
        var faults = new Dictionary<Contender, string>();
        await using var backend = await work.StartBackendAsync(bench, cancellation);
        for (var round = 1; round <= bench.Options.Rounds; round++)
        {
            foreach (var contender in contenders.Where(contender => !faults.ContainsKey(contender)))
            {
                var name = $"{work.Name}, round {round} of {bench.Options.Rounds}, {contender.Name}";
                try
                {
                    var reading = await work.MeasureAsync(bench, backend, contender, cancellation);
                    readings[contender].Add(reading);
                    tell($"{name}: {Describe(work, reading)}");
                }
                catch (Exception fault) when (IsContenders(fault))
                {
                    // A contender that failed once is out: a median over the rounds that happened to work would flatter it.
                    faults[contender] = fault.Message;
                    tell($"{name}: out. {fault.Message}");
                }
            }
        }

        foreach (var contender in contenders.Where(contender => !faults.ContainsKey(contender)))
        {
            await ExamineAsync(work, backend, contender, readings[contender], cancellation);
        }

        return new WorkResult(
            work.Name,
            work.Description,
            work.Metrics,
            [
                .. contenders.Select(contender => new ContenderResult(
                    contender.Name, contender.Product, contender.Role, faults.ContainsKey(contender) ? [] : readings[contender],
                    faults.GetValueOrDefault(contender))),
            ]);
    }

    private async Task ExamineAsync(
        IWork work,
        IBackend backend,
        Contender contender,
        List<Reading> readings,
        CancellationToken cancellation)
    {
        try
        {
            if (await work.ExamineAsync(bench, backend, contender, cancellation) is { } once)
            {
                // Looked at once: it is part of the last round's reading.
                readings[^1] = readings[^1].With(once);
                tell($"{work.Name}, looked at once, {contender.Name}: {Describe(work, once)}");
            }
        }
        catch (Exception fault) when (IsContenders(fault))
        {
            // The timed rounds stand without it.
            tell($"{work.Name}, looked at once, {contender.Name}: {fault.Message}");
        }
    }

    // A proxy that dies in mid-measurement shows as a refused connect, or as a file under /proc that is gone.
    private static bool IsContenders(Exception fault) => fault is ComparisonException or SocketException or IOException or Win32Exception;

    private static string Describe(IWork work, Reading reading)
    {
        var values = work.Metrics.Where(metric => reading.Values.ContainsKey(metric.Key))
            .Select(metric => $"{metric.Key}={Figures.Round(reading.Values[metric.Key])}");
        return string.Join(' ', values) + (reading.Disturbance is { } disturbance ? $" ({disturbance})" : "");
    }
}
