using System.Runtime.CompilerServices;
using HaProxyNet.Connections;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Hosting;

namespace HaProxyNet.Health.Answering;

/// <summary>
/// Finds destinations that accept and do not answer, where <c>Health.AnswerWithin</c> asks for it: a server that is stopped, or hangs,
/// still has a system that accepts in its place. It looks at the lists of connections from outside their lanes; the data path pays nothing
/// for it.
/// </summary>
internal sealed class AnswerWatch(
    TransportEngine engine,
    ClusterDirectory clusters,
    HealthReporter health,
    InternalFaults faults,
    TimeProvider time)
    : BackgroundService
{
    private const int LooksWithin = 4;
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(1);

    private readonly ConditionalWeakTable<Destination, AnswerTrack> _tracks = [];

    /// <summary>Stands still as long as no cluster asks for it: a proxy without work wakes for nothing.</summary>
    private readonly PeriodicTimer _timer = new(Timeout.InfiniteTimeSpan, time);

    /// <summary>The clusters may have changed. Any thread.</summary>
    public void Reconsider()
    {
        var looks = Watched().Select(cluster => AtLeast(ProbingPlan.Of(cluster.Plan).Policy.AnswerWithin / LooksWithin)).ToArray();
        var period = looks.Length == 0 ? Timeout.InfiniteTimeSpan : looks.Append(_longest).Min();
        if (_timer.Period != period)
        {
            // Setting it begins a new wait: reloads that follow one another quickly would put the look off without end.
            _timer.Period = period;
        }
    }

    public override void Dispose()
    {
        _timer.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            Reconsider();
            while (await _timer.WaitForNextTickAsync(stoppingToken))
            {
                await faults.ContainAsync(FaultPlace.HealthTimer, watch => watch.LookAsync(), this);
            }
        }
        catch (OperationCanceledException)
        {
            // The proxy stops.
        }
    }

    private static TimeSpan AtLeast(TimeSpan period) => period < _shortest ? _shortest : period;

    private Cluster[] Watched()
        => [.. clusters.All.Where(cluster => ProbingPlan.Of(cluster.Plan).Policy.AnswerWithin > TimeSpan.Zero)];

    private async Task LookAsync()
    {
        var watched = Watched();

        // One time for the whole look: what comes while it is made counts for the next one.
        var now = time.GetTimestamp();
        foreach (var destination in watched.SelectMany(cluster => cluster.Plan.Destinations))
        {
            _tracks.GetOrCreateValue(destination).Begin(destination, now);
        }

        foreach (var connection in await engine.ConnectionsAsync())
        {
            Add(connection);
        }

        foreach (var cluster in watched)
        {
            var policy = ProbingPlan.Of(cluster.Plan).Policy;
            var (within, scope) = (time.ToTimestamp(policy.AnswerWithin), policy.Scope);
            foreach (var destination in cluster.Plan.Destinations)
            {
                if (destination.Condition.State is not DestinationStatus.Down
                    && AnswerRule.IsSilent(_tracks.GetOrCreateValue(destination).Sample, within, now))
                {
                    health.Report(cluster, destination, Evidence.Unanswered with { Scope = scope });
                }
            }
        }
    }

    private void Add(ProxyConnection connection)
    {
        if (connection is { ConnectedAt: > 0 and var connectedAt, Destination: { } destination, Activity: IRelayProgress relay }
            && _tracks.TryGetValue(destination, out var track))
        {
            track.Add(connectedAt, relay.BytesIn, relay.BytesOut, relay.LastByteAt, destination.Condition.Since);
        }
    }
}
