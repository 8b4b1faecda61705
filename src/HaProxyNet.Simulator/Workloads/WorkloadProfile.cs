using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Workloads;

/// <summary>
/// What clients ask for: which operations, how long the agent works on them, how large the messages are. Sizes and durations of the
/// presets are those that practitioners report of IQService: requests around 7.5 KB, replies around 2 KB, 5 ms to a minute.
/// </summary>
public sealed record WorkloadProfile
{
    private static readonly SizeDistribution _usualReply = new(2_000, 0.6, 64_000);
    private static readonly OperationProfile _doNothing = Of(RpcOperation.DoNothing, 0.90, 5, 50, _usualReply);
    private static readonly OperationProfile _modify = Of(RpcOperation.Modify, 0.09, 100, 2_000, _usualReply);
    private static readonly OperationProfile _script = Of(RpcOperation.Script, 0.005, 5_000, 60_000, _usualReply);
    private static readonly OperationProfile _aggregate = Of(RpcOperation.Aggregate, 0.005, 50, 500, SizeDistribution.Fixed(1_000_000));

    /// <summary>The operations; one at least.</summary>
    public required IReadOnlyList<OperationProfile> Operations { get; init; }

    /// <summary>The padding in requests, in bytes.</summary>
    public SizeDistribution RequestSize { get; init; } = new(7_500, 0.6, 64_000);

    /// <summary>Multiplies every duration: 0.1 makes agents ten times as fast, 0 makes them answer at once. 0 or more.</summary>
    public double TimeScale { get; init; } = 1;

    /// <summary><c>DoNothing</c> answered at once: measures what is between client and agent.</summary>
    public static WorkloadProfile Ping { get; } = new() { Operations = [_doNothing], TimeScale = 0 };

    /// <summary><c>DoNothing</c> only, 5–50 ms.</summary>
    public static WorkloadProfile Quick { get; } = new() { Operations = [_doNothing] };

    /// <summary>
    /// A provisioning day: 90 % <c>DoNothing</c>, 9 % <c>Modify</c>, 0.5 % <c>Script</c> (up to a minute), 0.5 % <c>Aggregate</c>.
    /// </summary>
    public static WorkloadProfile Typical { get; } = new() { Operations = [_doNothing, _modify, _script, _aggregate] };

    /// <summary>Like <see cref="Typical"/> without <c>Script</c>, so that a run ends within seconds of its last request.</summary>
    public static WorkloadProfile Brisk { get; } = new() { Operations = [_doNothing, _modify, _aggregate] };

    /// <summary>The preset of this name (<c>ping</c>, <c>quick</c>, <c>brisk</c>, <c>typical</c>), or null.</summary>
    public static WorkloadProfile? Named(string name) => name switch
    {
        "ping" => Ping,
        "quick" => Quick,
        "brisk" => Brisk,
        "typical" => Typical,
        _ => null,
    };

    private static OperationProfile Of(RpcOperation operation, double share, int shortestMs, int longestMs, SizeDistribution replySize) =>
        new(operation, share, TimeSpan.FromMilliseconds(shortestMs), TimeSpan.FromMilliseconds(longestMs), replySize);
}
