using System.Net;
using HaProxyNet.Connections;
using HaProxyNet.Health;
using HaProxyNet.Health.Methods;
using HaProxyNet.Listening;
using HaProxyNet.Machine;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Connecting;

/// <summary>
/// Breaks circles that no address shows: a NAT rule, or a hop that keeps the sender's address, leads a connect to a destination back to a
/// listener of the proxy. A client that may be one of the proxy's own sockets gives the reason to look where such connects arrive.
/// </summary>
internal sealed partial class LoopBreaker(
    LoopDetector loops, HealthReporter health, InternalFaults faults, TimeProvider time, ILogger<LoopBreaker> logger)
{
    /// <summary>A client of this machine that has the port of a question by chance has not that of the next one.</summary>
    private const int Questions = 3;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);
    private readonly OwnConnects _own = new();
    private bool _isLooking;

    /// <summary>
    /// A destination has accepted. The client is looked at again: it may have been accepted before the end of its connect was known.
    /// </summary>
    public void OnAccepted(ProxyConnection connection, IPEndPoint destination)
    {
        _own.Note(connection, destination);
        OnClient(connection);
    }

    /// <summary>
    /// A client has come. Where it is the proxy itself, its destination's address is soon known as one that leads back, and the circle ends
    /// there: the next turn is given the next destination.
    /// </summary>
    public void OnClient(ProxyConnection accepted)
    {
        if (_own.Find(accepted) is not { } own || ReferenceEquals(loops.RedirectedTo(own.Address), accepted.Listener))
        {
            return;
        }

        if (accepted.Client.OriginalDestination is { } asked && PlainAddress.Of(asked).Equals(PlainAddress.Of(own.Address)))
        {
            // This machine's own NAT: nothing is left to ask.
            Break(own, accepted.Listener);
        }
        else if (!Volatile.Read(ref _isLooking) && !Interlocked.Exchange(ref _isLooking, true))
        {
            _ = LookAsync(own, accepted.Listener, accepted.Client.LocalEndPoint);
        }
    }

    /// <summary>Not a lambda in the method above: that one would cost each connection the object of its variables.</summary>
    private async Task LookAsync(OwnConnect own, Listener listener, IPEndPoint at)
    {
        // The lane goes on with its other connections.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            if (!SocketTable.Has(own.Local, at) && await ArrivesAtAsync(own.Address, listener))
            {
                Break(own, listener);
            }
            else
            {
                // By chance a client of this machine has a port of ours. With many of them that is often, and the table is long.
                await Task.Delay(_pause, time);
            }
        }
#pragma warning disable CA1031 // A boundary: nobody awaits this task.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Background, fault);
        }
        finally
        {
            Volatile.Write(ref _isLooking, false);
        }
    }

    private async Task<bool> ArrivesAtAsync(IPEndPoint address, Listener listener)
    {
        using var deadline = new CancellationTokenSource(_patience, time);
        for (var i = 0; i < Questions; i++)
        {
            if (await RedirectCheck.PortOfArrivalAsync(address, deadline.Token) != listener.BoundAddress?.Port)
            {
                return false;
            }
        }

        return true;
    }

    private void Break(OwnConnect own, Listener listener)
    {
        // A listener before another cluster is a chain that somebody has made on purpose.
        if (loops.Learn(own.Address, listener) && loops.LeadsBack(own.Cluster, own.Address))
        {
            LogLoop(own.Cluster.Name, own.Destination.Name, own.Address, listener.Name);
            own.Destination.Connects.Failed(ConnectStatus.Loop);
            health.Report(own.Cluster, own.Destination, AttemptEvidence.Failed(ConnectStatus.Loop, TimeSpan.Zero));
        }
    }

    [LoggerMessage(EventIds.RedirectedToItself, LogLevel.Error,
        "A connection to {Cluster}/{Destination} ({Address}) has arrived at this proxy's own listener {Listener}: something on the way "
            + "redirects it. It is given no connections until that has ended. Look at the NAT rules of this machine "
            + "(nft list ruleset, iptables -t nat -S) and of the hops behind it.")]
    private partial void LogLoop(string cluster, string destination, IPEndPoint address, string listener);
}
