using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Connections;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Failover;

/// <summary>
/// Ends open connections where a cluster's policy asks for it: after a failback, and when a destination goes down. Any thread.
/// </summary>
internal sealed partial class SessionCutter(
    TransportEngine engine,
    TimeProvider time,
    ILogger<SessionCutter> logger,
    InternalFaults? internalFaults = null) : IDisposable
{
    /// <summary>How often quiet connections are looked for.</summary>
    private static readonly TimeSpan _lookEvery = TimeSpan.FromMilliseconds(250);

    private readonly InternalFaults _faults = internalFaults ?? new InternalFaults();
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>New connections go to a more preferred destination again.</summary>
    public void AfterFailback(Cluster cluster, Destination active)
    {
        if (cluster.Plan.Sessions.AtFailback is not FailbackSessions.Leave)
        {
            var since = time.GetTimestamp();
            _ = _faults.ContainAsync(
                FaultPlace.SessionCut, cutter => cutter.CutAfterFailbackAsync(cluster, active, cluster.Plan.Sessions, since), this);
        }
    }

    /// <summary>
    /// A destination has gone down: connections that are being connected to it go on to another one, where there is one, without
    /// waiting for the rest of their time-out.
    /// </summary>
    public void AfterFailure(Cluster cluster, Destination failed)
    {
        // One that refuses tells each of them so at once.
        if (cluster.Active.Current is not null && !failed.Condition.Reason.IsRefusal())
        {
            foreach (var lane in engine.Lanes)
            {
                lane.MoveOn(failed, slowToo: false);
            }
        }

        if (cluster.Plan.Sessions.AtFailure is FailureSessions.Close)
        {
            _ = _faults.ContainAsync(
                FaultPlace.SessionCut,
                cutter =>
                    cutter.CutAsync(c => c.ConnectedAt > 0 && ReferenceEquals(c.Destination, failed), ConnectionOutcome.DestinationDown),
                this);
        }
    }

    /// <summary>
    /// An operator has taken a destination out: connections that are being connected to it go on to another one; those that are open go on.
    /// A client of HTTP that waits for no answer is not held by it.
    /// </summary>
    public void AfterTakenOut(Destination destination)
    {
        foreach (var lane in engine.Lanes)
        {
            lane.MoveOn(destination, slowToo: true);
        }

        _ = _faults.ContainAsync(
            FaultPlace.SessionCut,
            async cutter =>
            {
                foreach (var connection in await cutter.UsersAsync(c => ReferenceEquals(c.Destination, destination)))
                {
                    (connection.Activity as IDestinationUse)?.TryLetGo(ConnectionOutcome.Completed);
                }
            },
            this);
    }

    /// <summary>An operator closes what is open on a destination; returns how many connections that are.</summary>
    public Task<int> CloseAsync(Destination destination)
        => AbortAsync(c => c.ConnectedAt > 0 && ReferenceEquals(c.Destination, destination), ConnectionOutcome.ClosedByAdmin);

    /// <summary>How many connections are open on a destination or are being connected to it.</summary>
    public Task<int> CountAsync(Destination destination) => CountAsync(c => ReferenceEquals(c.Destination, destination));

    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
    }

    private async Task CutAfterFailbackAsync(Cluster cluster, Destination active, SessionPolicy policy, long since)
    {
        try
        {
            while (ReferenceEquals(cluster.Active.Current, active) && !_stopping.IsCancellationRequested)
            {
                if (await CutAsync(c => IsLeftBehind(c, cluster, active) && IsDue(c, policy, since), ConnectionOutcome.FailedBack) == 0
                    && await CountAsync(c => IsLeftBehind(c, cluster, active)) == 0)
                {
                    return;
                }

                await Task.Delay(_lookEvery, time, _stopping.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The proxy stops; the drain ends what is open.
        }
    }

    private static bool IsLeftBehind(ProxyConnection connection, Cluster cluster, Destination active)
        => connection.ConnectedAt > 0
            && ReferenceEquals(connection.Cluster, cluster)
            && connection.Destination is { } on
            && on.Model.Tier > active.Model.Tier;

    private bool IsDue(ProxyConnection connection, SessionPolicy policy, long since) => policy.AtFailback switch
    {
        FailbackSessions.CloseWhenQuiet => time.GetElapsedTime(connection.LastByteAt) >= policy.QuietFor,
        FailbackSessions.Deadline => time.GetElapsedTime(since) >= policy.Deadline,
        _ => true,
    };

    private async Task<int> CutAsync(Predicate<ProxyConnection> isMeant, ConnectionOutcome outcome)
    {
        var count = await AbortAsync(isMeant, outcome);
        if (count > 0)
        {
            LogCut(count, outcome.Label());
        }

        return count;
    }

    private async Task<int> AbortAsync(Predicate<ProxyConnection> isMeant, ConnectionOutcome outcome)
    {
        var count = 0;
        foreach (var connection in await UsersAsync(isMeant))
        {
            if (connection.Activity is not IDestinationUse use || !use.TryLetGo(outcome))
            {
                connection.Lane.RequestAbort(connection, outcome);
            }

            count++;
        }

        return count;
    }

    private async Task<int> CountAsync(Predicate<ProxyConnection> isMeant) => (await UsersAsync(isMeant)).Count();

    private async Task<IEnumerable<ProxyConnection>> UsersAsync(Predicate<ProxyConnection> isMeant)
        => (await engine.ConnectionsAsync()).Where(c => isMeant(c));

    [LoggerMessage(Vocabulary.EventIds.SessionsCut, LogLevel.Information, "{Count} open connections were closed: {Outcome}.")]
    private partial void LogCut(int count, string outcome);
}
