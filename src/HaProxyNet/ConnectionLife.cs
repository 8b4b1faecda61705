using HaProxyNet.Admission;
using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Routing;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace HaProxyNet;

/// <summary>The life of one connection, from accept to close. Read this method first; each line is a folder.</summary>
internal sealed partial class ConnectionLife(Connector connector, ConnectionCloser closer, ILogger<ConnectionLife> logger)
{
    /// <summary>Serves a connection on its lane. The transport calls it once for each connection that it accepts; it never throws.</summary>
    public async Task ServeAsync(ConnectionContext context)
    {
        var connection = (ProxyConnection)context;
        if (!Gate.Admit(connection))
        {
            return;
        }

        try
        {
            var cluster = connection.Cluster = Router.Route(connection);
            var candidates = cluster.Candidates;
            var failure = await connector.ConnectAsync(connection, cluster, candidates);
            if (failure is not ConnectionOutcome.None)
            {
                closer.CloseUnconnected(connection, failure);
                return;
            }

            connection.Destination!.Traffic(connection.Listener.Index).Open();
            var result = await connection.Lane.RelayAsync(connection, cluster.Plan.IdleTimeout);
            closer.CloseRelayed(connection, result);
        }
#pragma warning disable CA1031 // The last line of defence: one connection's fault must not end the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFault(connection.Listener.Name, fault);
            closer.CloseFaulted(connection);
        }
    }

    [LoggerMessage(Telemetry.EventIds.ConnectionFault, LogLevel.Error,
        "A connection of {Listener} met a fault of the proxy itself and was reset. Please report this.")]
    private partial void LogFault(string listener, Exception fault);
}
