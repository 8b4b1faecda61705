using HaProxyNet.Admission;
using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Relaying;
using HaProxyNet.Routing;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using Microsoft.Extensions.Logging;

namespace HaProxyNet;

/// <summary>The life of one connection, from accept to close. Read this method first; each line is a folder.</summary>
internal sealed partial class ConnectionLife(Connector connector, ConnectionCloser closer, ILogger<ConnectionLife> logger)
{
    /// <summary>Serves a connection on its lane, from here to its end. It never throws.</summary>
    public async LaneRun ServeAsync(ProxyConnection connection)
    {
        try
        {
            if (!Gate.Admit(connection))
            {
                return;
            }

            var cluster = Router.Route(connection);
            var failure = await connector.ConnectAsync(connection, cluster, cluster.Candidates);
            if (failure is not ConnectionOutcome.None)
            {
                closer.CloseUnconnected(connection, failure);
                return;
            }

            var result = await Relay.RunAsync(connection);
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
