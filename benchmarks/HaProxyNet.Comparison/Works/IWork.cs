using HaProxyNet.Comparison.Contenders;
using HaProxyNet.Comparison.Results;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>
/// Something that a proxy does, and what it costs. The runner calls the methods for one contender after the other, round by round.
/// </summary>
internal interface IWork
{
    /// <summary>Name on the command line.</summary>
    string Name { get; }

    /// <summary>Whether clients speak TLS, which ends at the proxy.</summary>
    bool IsTls => false;

    /// <summary>Whether only HaProxyNet does it: what is measured has no like in the peers.</summary>
    bool IsOurs => false;

    /// <summary>Whether another proxy stands before the contender and tells it the client's address by PROXY headers.</summary>
    bool IsFronted => false;

    /// <summary>What is done, with which load, in one sentence.</summary>
    string Description { get; }

    /// <summary>What a reading holds, in the order of the columns.</summary>
    IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Programs that it needs besides the peers.</summary>
    IReadOnlyList<string> Tools { get; }

    /// <summary>Starts what stands behind the proxies, once for all rounds.</summary>
    Task<IBackend> StartBackendAsync(Bench bench, CancellationToken cancellation);

    /// <summary>One round of one contender, in a fresh process.</summary>
    /// <exception cref="ComparisonException">The contender cannot do the work.</exception>
    Task<Reading> MeasureAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation);

    /// <summary>What is looked at once, outside the timed rounds, because looking slows the proxy down. Null: nothing.</summary>
    Task<Reading?> ExamineAsync(Bench bench, IBackend backend, Contender contender, CancellationToken cancellation)
        => Task.FromResult<Reading?>(null);
}
