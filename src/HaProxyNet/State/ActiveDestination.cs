using HaProxyNet.Telemetry;

namespace HaProxyNet.State;

/// <summary>
/// Which destination of a cluster is given new connections, and how often that changed. Written under the cluster's gate; read by
/// the metrics and the status page.
/// </summary>
internal sealed class ActiveDestination(TimeProvider time)
{
    private Destination? _current;
    private long _since = time.GetTimestamp();
    private long _lastSwitch;
    private TimeSpan _onOthers;

    /// <summary>The destination that new connections try first; none while all are down.</summary>
    public Destination? Current => Volatile.Read(ref _current);

    /// <summary>When it last changed, as wall-clock time; null: never.</summary>
    public DateTimeOffset? LastSwitch
        => Volatile.Read(ref _lastSwitch) is > 0 and var ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;

    /// <summary>How often each change happened.</summary>
    public TransitionCounters Switches { get; } = new();

    /// <summary>How long a destination other than the most preferred one has been active, in all.</summary>
    public TimeSpan OnSecondary => _onOthers + (IsSecondary(Current) ? time.GetElapsedTime(Volatile.Read(ref _since)) : TimeSpan.Zero);

    /// <summary>The first destination of a new cluster: not a switch.</summary>
    public void Begin(Destination? first) => Volatile.Write(ref _current, first);

    /// <summary>Another one of the same tier heads the list: not a switch.</summary>
    public void Replace(Destination to) => Volatile.Write(ref _current, to);

    /// <summary>Notes a change.</summary>
    public void Switch(Destination? to, string reason)
    {
        Switches.Add(Name(_current), Name(to), reason);
        _onOthers = OnSecondary;
        Volatile.Write(ref _since, time.GetTimestamp());
        Volatile.Write(ref _lastSwitch, time.GetUtcNow().ToUnixTimeMilliseconds());
        Volatile.Write(ref _current, to);
    }

    /// <summary>The name of a destination in metrics and logs; <c>none</c> when there is none.</summary>
    public static string Name(Destination? destination) => destination?.Name ?? "none";

    private static bool IsSecondary(Destination? destination) => destination is { Model.Tier: > 0 };
}
