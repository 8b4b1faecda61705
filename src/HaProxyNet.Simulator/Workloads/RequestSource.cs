using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Workloads;

/// <summary>Makes the requests of a workload, the same ones for the same seed. Not thread-safe.</summary>
public sealed class RequestSource
{
    private readonly WorkloadProfile _profile;
    private readonly Random _random;
    private readonly double _shares;
    private long _count;

    /// <summary>Creates a source.</summary>
    /// <param name="profile">What to ask for.</param>
    /// <param name="seed">Decides operations, durations and sizes.</param>
    /// <param name="run">Begins every id. Default: random, so that no two runs share an id and none looks like a duplicate.</param>
    /// <exception cref="ArgumentException">The profile has no operation.</exception>
    public RequestSource(WorkloadProfile profile, int seed, string? run = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        _profile = profile;
        _random = new Random(seed);
        _shares = profile.Operations.Sum(operation => operation.Share);
        Run = run ?? Guid.NewGuid().ToString("N")[..12];
        if (profile.Operations.Count == 0)
        {
            throw new ArgumentException("The workload has no operation; give it one at least.", nameof(profile));
        }
    }

    /// <summary>What every id of this source begins with.</summary>
    public string Run { get; }

    /// <summary>The next request, named <c>run-1</c>, <c>run-2</c> …</summary>
    public RpcRequest Next()
    {
        var operation = Choose();
        var work = operation.Shortest + ((operation.Longest - operation.Shortest) * _random.NextDouble());
        return new RpcRequest(
            $"{Run}-{++_count}",
            operation.Operation,
            work * _profile.TimeScale,
            operation.ReplySize.Next(_random),
            _profile.RequestSize.Next(_random));
    }

    private OperationProfile Choose()
    {
        var point = _random.NextDouble() * _shares;
        foreach (var operation in _profile.Operations)
        {
            point -= operation.Share;
            if (point < 0)
            {
                return operation;
            }
        }

        return _profile.Operations[^1];
    }
}
