using HaProxyNet.Comparison.Machine;

namespace HaProxyNet.Comparison.Results;

/// <summary>All that a run found, and what a reader must know to judge it.</summary>
internal sealed record ComparisonReport
{
    /// <summary>When the run began.</summary>
    public required DateTimeOffset Date { get; init; }

    /// <summary>The machine.</summary>
    public required MachineFacts Machine { get; init; }

    /// <summary>Where proxies and load ran.</summary>
    public required string Cpus { get; init; }

    /// <summary>Contenders and their versions.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>Rounds.</summary>
    public required int Rounds { get; init; }

    /// <summary>Seconds of one measurement.</summary>
    public required double Seconds { get; init; }

    /// <summary>Threads of every contender.</summary>
    public required int Threads { get; init; }

    /// <summary>The command that repeats it.</summary>
    public required string Command { get; init; }

    /// <summary>The works.</summary>
    public required IReadOnlyList<WorkResult> Works { get; init; }

    /// <summary>Targets of the works that ran.</summary>
    public IReadOnlyList<TargetVerdict> Verdicts =>
        [.. Targets.All.Where(target => Works.Any(work => work.Name == target.Work)).Select(target => TargetVerdict.Of(target, Works))];
}
