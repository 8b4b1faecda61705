using System.Net;
using System.Net.Sockets;
using HaProxyNet.State;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Health;

/// <summary>Resolves the names of destinations. A destination whose address is literal is never asked about.</summary>
internal sealed partial class NameResolver(TimeProvider time, ILogger<NameResolver> logger)
{
    /// <summary>The resolver's own time-outs are longer (resolv.conf(5): 5 s a try); a destination without an address is down meanwhile.</summary>
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(5);

    /// <summary>Resolves one destination; false, with a log line, when its name has no address now. The last good addresses stay.</summary>
    public async ValueTask<bool> ResolveAsync(Destination destination, CancellationToken cancellation)
    {
        var address = destination.Model.Address;
        try
        {
            using var deadline = new CancellationTokenSource(_timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            var found = await Dns.GetHostAddressesAsync(address.Host, either.Token);
            destination.Addresses = [.. found.Select(ip => new IPEndPoint(ip, address.Port))];
            LogResolved(destination.ClusterName, destination.Name, address.Host, string.Join(", ", found.Select(ip => ip.ToString())));
            return found.Length > 0;
        }
        catch (SocketException fault)
        {
            LogUnresolved(destination.ClusterName, destination.Name, address.Host, fault.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            LogUnresolved(destination.ClusterName, destination.Name, address.Host, "the resolver did not answer in time");
        }

        return false;
    }

    [LoggerMessage(Telemetry.EventIds.NameUnresolved, LogLevel.Debug,
        "The name of {Cluster}/{Destination} does not resolve: {Host}: {Fault}. It is tried again.")]
    private partial void LogUnresolved(string cluster, string destination, string host, string fault);

    [LoggerMessage(Telemetry.EventIds.NameResolved, LogLevel.Debug, "The name of {Cluster}/{Destination} resolves: {Host} is {Addresses}.")]
    private partial void LogResolved(string cluster, string destination, string host, string addresses);
}
