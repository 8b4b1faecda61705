using System.Runtime.CompilerServices;
using HaProxyNet.Closing;
using HaProxyNet.Connecting;
using HaProxyNet.Connections;
using HaProxyNet.Forwarding;
using HaProxyNet.Handshaking;
using HaProxyNet.Introducing;
using HaProxyNet.Management;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;

namespace HaProxyNet;

/// <summary>The life of one connection, from accept to close. Read this method first; each line is a folder.</summary>
internal sealed partial class ConnectionLife(
    HeaderReceiver headers, HelloPeek hello, Terminator terminator, LoopBreaker breaker, Connector connector, Forwarder forwarder,
    OpenConnectionLines lines, ConnectionCloser closer, InternalFaults faults, ILogger<ConnectionLife> logger) : IRelayFollower
{
    /// <summary>
    /// Serves a connection on its lane, from here to the flow of its bytes; <see cref="OnRelayed"/> closes it. It never throws.
    /// </summary>
    public async LaneRun ServeAsync(ProxyConnection connection)
    {
        try
        {
            if (!Gate.Admit(connection))
            {
                return;
            }

            faults.Injection?.Invoke(FaultPlace.Connection);
            breaker.OnClient(connection);
            var end = (connection.Plan.WaitsForClient ? await HearAsync(connection) : null) ?? Router.Route(connection);
            if (end is null && connection.Plan.Http is not null)
            {
                _ = forwarder.ServeAsync(connection);
                return;
            }

            end ??= await connector.ConnectAsync(connection);
            if (end is { } outcome)
            {
                closer.CloseUnconnected(connection, outcome);
                return;
            }

            if (connection.Plan.Follow.IsOn)
            {
                lines.OnStart(connection);
            }

            Relay.Start(connection, then: this);
        }
#pragma warning disable CA1031 // The last line of defence: one connection's fault must not end the others.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            OnFault(connection, fault);
        }
    }

    /// <summary>What a client has to send before anything is connected for it. Until then its place may be needed by another one.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<ConnectionOutcome?> HearAsync(ProxyConnection connection)
    {
        var waiting = connection.Listener.Waiting;
        var place = waiting.Enter(connection);
        try
        {
            return await headers.ReceiveAsync(connection)
                ?? await hello.LookAsync(connection)
                ?? await FirstByte.WaitAsync(connection)
                ?? await terminator.AcceptAsync(connection);
        }
        finally
        {
            waiting.Leave(connection, place);
        }
    }

    /// <inheritdoc/>
    public void OnRelayed(LaneConnection connection, in RelayResult result)
    {
        try
        {
            closer.CloseRelayed((ProxyConnection)connection, result);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            OnFault(connection, fault);
        }
    }

    /// <inheritdoc/>
    public void OnFault(LaneConnection connection, Exception fault)
    {
        faults.Report(FaultPlace.Connection, fault);
        closer.CloseFaulted((ProxyConnection)connection);
    }

    /// <summary>
    /// Gives a connection to the application's middleware, whose last step is <see cref="ServeAsync"/>. One that does not get there is
    /// refused. It never throws.
    /// </summary>
    public async Task PassThroughAsync(ProxyConnection connection, ConnectionDelegate middleware)
    {
        try
        {
            await middleware(connection);
        }
#pragma warning disable CA1031 // The application's fault is its own; the connection and the others are ours.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogMiddlewareFault(connection.Listener.Name, fault);
        }

        if (connection.TryBegin())
        {
            connection.Lane.Run(connection, static (c, _) => Gate.Refuse((ProxyConnection)c, RefusalReason.Middleware), this);
        }
    }

    [LoggerMessage(Vocabulary.EventIds.MiddlewareFault, LogLevel.Error,
        "Connection middleware of the application failed for a connection of {Listener}; unless it had been passed on, it was reset.")]
    private partial void LogMiddlewareFault(string listener, Exception fault);
}
