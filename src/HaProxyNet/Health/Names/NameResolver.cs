using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health.Names;

/// <summary>
/// Resolves the names of destinations. A destination whose address is literal is never asked about. What does not resolve keeps its last
/// good addresses; those that only come in another order keep theirs.
/// </summary>
internal sealed partial class NameResolver(INameLookup lookup, KnownAddresses known, TimeProvider time, ILogger<NameResolver> logger)
{
    /// <summary>
    /// The resolver's own time-outs are longer (resolv.conf(5): 5 s a try): a destination without an address is down meanwhile, and the
    /// next question waits for the same answer.
    /// </summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(3);

    /// <summary>Resolves one destination; a failure is in the log.</summary>
    /// <exception cref="OperationCanceledException">The caller has cancelled.</exception>
    public async ValueTask<Resolution> ResolveAsync(Destination destination, CancellationToken cancellation)
    {
        var address = destination.Model.Address;
        try
        {
            using var deadline = new CancellationTokenSource(_timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            var found = await lookup.LookUpAsync(address.Host, either.Token).WaitAsync(either.Token);
            if (found.Length > 0)
            {
                return Take(destination, address, found);
            }

            LogUnresolved(destination.ClusterName, destination.Name, address.Host, "the name has no address");
        }
        catch (Exception fault) when (fault is SocketException or OutOfMemoryException or ArgumentException)
        {
            // No such name; no thread to ask on; a name that no resolver takes.
            LogUnresolved(destination.ClusterName, destination.Name, address.Host, fault.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            LogUnresolved(destination.ClusterName, destination.Name, address.Host, "the resolver did not answer in time");
        }

        return Resolution.Failed;
    }

    /// <summary>
    /// Asks for names whose addresses are not known yet, all at once and for no longer than one question may take. A name that does not
    /// resolve is not logged here: its destination asks again, and says so.
    /// </summary>
    public Task LearnAsync(IEnumerable<DestinationAddress> addresses)
        => Task.WhenAll(addresses.Where(address => !known.Has(address)).Select(address => address.Host)
            .Distinct(StringComparer.OrdinalIgnoreCase).Select(LearnAsync));

    private async Task LearnAsync(string host)
    {
        try
        {
            using var deadline = new CancellationTokenSource(_timeout, time);
            if (await lookup.LookUpAsync(host, deadline.Token).WaitAsync(deadline.Token) is { Length: > 0 } found)
            {
                known.Note(host, found);
            }
        }
        catch (Exception unknown)
            when (unknown is SocketException or OutOfMemoryException or ArgumentException or OperationCanceledException)
        {
            // Its destination is down for "unresolved" until it resolves.
        }
    }

    private Resolution Take(Destination destination, DestinationAddress address, IPAddress[] found)
    {
        var before = destination.Addresses;
        if (destination.Model.Address != address)
        {
            // A reload has changed the name meanwhile.
            return Resolution.Same;
        }

        known.Note(address.Host, found);
        if (before.Length == found.Length && found.All(ip => before.Any(known => known.Address.Equals(ip))))
        {
            return Resolution.Same;
        }

        destination.Addresses = [.. found.Select(ip => new IPEndPoint(ip, address.Port))];
        var now = string.Join(", ", found.Select(ip => ip.ToString()));
        if (before.Length == 0)
        {
            LogResolved(destination.ClusterName, destination.Name, address.Host, now);
        }
        else
        {
            LogChanged(
                destination.ClusterName,
                destination.Name,
                address.Host,
                now,
                string.Join(", ", before.Select(known => known.Address.ToString())));
        }

        return Resolution.Changed;
    }

    [LoggerMessage(Vocabulary.EventIds.NameUnresolved, LogLevel.Debug,
        "The name of {Cluster}/{Destination} does not resolve: {Host}: {Fault}. It is tried again.")]
    private partial void LogUnresolved(string cluster, string destination, string host, string fault);

    [LoggerMessage(Vocabulary.EventIds.NameResolved, LogLevel.Debug,
        "The name of {Cluster}/{Destination} resolves: {Host} is {Addresses}.")]
    private partial void LogResolved(string cluster, string destination, string host, string addresses);

    [LoggerMessage(Vocabulary.EventIds.AddressesChanged, LogLevel.Information,
        "The addresses of {Cluster}/{Destination} have changed: {Host} is {Addresses}, was {Before}. New connections use them; open ones "
            + "go on.")]
    private partial void LogChanged(string cluster, string destination, string host, string addresses, string before);
}
