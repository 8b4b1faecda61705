using System.Collections.Concurrent;
using System.Diagnostics;
using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Events;
using HaProxyNet.State;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Management.Tracing;

/// <summary>
/// Makes one trace of each change of the active destination, out of the events that tell of it: how it was detected, the decision, and the
/// first connection on the other destination. Nothing is done while nobody listens to <see cref="SourceName"/>. Any thread.
/// </summary>
internal sealed class FailoverTracer : IDisposable
{
    /// <summary>The name of the source, for <c>AddSource</c> of OpenTelemetry.</summary>
    public const string SourceName = "HaProxyNet";

    /// <summary>How long a trace waits for its first connection. Backends expect the spans of a trace within minutes.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly ActivitySource _source = new(SourceName, ProxyVersion.Text);
    private readonly ConcurrentDictionary<string, StateEvent> _lastDown = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, FailoverTrace> _open = new(StringComparer.OrdinalIgnoreCase);
    private readonly ClusterDirectory _clusters;
    private readonly InternalFaults _faults;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;

    public FailoverTracer(EventJournal journal, ClusterDirectory clusters, InternalFaults faults, TimeProvider time)
    {
        (_clusters, _faults, _time) = (clusters, faults, time);
        _timer = time.CreateTimer(
            static tracer => ((FailoverTracer)tracer!).LookForLate(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        journal.WhenAdded(change =>
            _faults.Contain(FaultPlace.Announcement, static call => call.Tracer.Note(call.Change), (Tracer: this, Change: change)));
    }

    /// <summary>Traces that still wait end as they are.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        foreach (var trace in _open.Values)
        {
            trace.End(_time.GetUtcNow());
        }

        _source.Dispose();
    }

    private void Note(StateEvent change)
    {
        if (change.Cluster is not { } cluster || !_source.HasListeners())
        {
            return;
        }

        switch (change.Kind)
        {
            case EventKinds.DestinationDown:
                _lastDown[cluster] = change;
                break;
            case EventKinds.Failover or EventKinds.Failback or EventKinds.AllDown:
                Begin(cluster, change);
                break;
        }
    }

    private void Begin(string cluster, StateEvent change)
    {
        if (_open.TryRemove(cluster, out var before))
        {
            before.End(change.At);
        }

        _lastDown.TryRemove(cluster, out var down);
        if (FailoverTrace.Begin(_source, change, down) is not { } trace)
        {
            return;
        }

        if (_clusters.Find(cluster)?.Find(change.Kind is EventKinds.AllDown ? null : change.Destination) is not { } next)
        {
            trace.End(change.At);
            return;
        }

        _open[cluster] = trace;
        _timer.Change(Patience, Timeout.InfiniteTimeSpan);

        // The call comes on a lane, which has other work.
        next.Connects.WhenNextConnected(took => ThreadPool.UnsafeQueueUserWorkItem(
            static call => call.Tracer.Finish(call.Cluster, call.Trace, call.At, call.Took),
            (Tracer: this, Cluster: cluster, Trace: trace, At: _time.GetUtcNow(), Took: took),
            preferLocal: false));
    }

    private void Finish(string cluster, FailoverTrace trace, DateTimeOffset at, TimeSpan took)
        => _faults.Contain(
            FaultPlace.Announcement,
            static call =>
            {
                if (call.Open.TryRemove(new(call.Cluster, call.Trace)))
                {
                    call.Trace.Connected(call.At, call.Took);
                }
            },
            (Open: _open, Cluster: cluster, Trace: trace, At: at, Took: took));

    private void LookForLate() => _faults.Contain(FaultPlace.Announcement, static tracer => tracer.EndLate(), this);

    private void EndLate()
    {
        var now = _time.GetUtcNow();
        foreach (var (cluster, trace) in _open)
        {
            if (now - trace.DecidedAt >= Patience && _open.TryRemove(new(cluster, trace)))
            {
                trace.End(now);
            }
        }

        if (!_open.IsEmpty)
        {
            _timer.Change(Patience, Timeout.InfiniteTimeSpan);
        }
    }
}
