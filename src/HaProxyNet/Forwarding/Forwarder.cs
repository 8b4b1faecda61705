using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Connections;
using HaProxyNet.Management;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Forwarding;

/// <summary>The stage that takes the place of connecting and relaying for a listener that speaks HTTP.</summary>
internal sealed class Forwarder(
    HttpFront front, Connector connector, ConnectionCloser closer, OpenConnectionLines lines, InternalFaults faults)
{
    /// <summary>Forwards the requests of a connection until it ends, and closes it. On the lane; it never throws.</summary>
    public async LaneRun ServeAsync(ProxyConnection connection)
    {
        try
        {
            var session = new ForwardingSession(connection, connector, closer, lines, front, faults);
            session.Start();
            if (!front.TryTake(session))
            {
                session.Abort(ConnectionOutcome.DrainDeadline);
                await session.Context.DisposeAsync();
            }

            try
            {
                await session.EndAsync();
            }
            finally
            {
                front.Forget(session);
            }
        }
#pragma warning disable CA1031 // The last line of defence: one connection's fault must not end the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            faults.Report(FaultPlace.Connection, fault);
            closer.CloseFaulted(connection);
        }
    }
}
