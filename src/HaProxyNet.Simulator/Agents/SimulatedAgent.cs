using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// An agent like IQService, for demonstrations, tests and benchmarks: it executes one request a connection, counts, and can be killed,
/// drained, revived and made faulty while it runs. Thread-safe.
/// </summary>
public sealed class SimulatedAgent : IAsyncDisposable
{
    private readonly ConcurrentDictionary<AgentConnection, bool> _connections = new();
    private readonly WorkQueue _queue;

    // Opening and closing the port take turns; a kill does not wait for its turn.
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly Lock _port = new();
    private PortReservation? _reservation;
    private AgentListener? _listener;
    private SynBlackHole? _blackHole;
    private volatile bool _isDead;
    private volatile AgentFault _fault;

    /// <summary>Creates an agent that does not listen yet.</summary>
    /// <param name="options">Its behaviour.</param>
    /// <param name="ledger">Where executions are noted; share one among agents to find duplicates across them. Its own unless
    /// given.</param>
    /// <param name="time">Rules work, pauses and time-outs. The system's unless given.</param>
    public SimulatedAgent(SimulatedAgentOptions? options = null, RequestLedger? ledger = null, TimeProvider? time = null)
    {
        Options = options ?? new SimulatedAgentOptions();
        Ledger = ledger ?? new RequestLedger();
        Time = time ?? TimeProvider.System;
        Identity = new AgentIdentity(Options.Name, Options.Host, Options.Endpoint.Port, Options.Version);
        _fault = Options.Fault;
        _queue = new WorkQueue(Options.AcceptMode);
    }

    /// <summary>The behaviour it was made with.</summary>
    public SimulatedAgentOptions Options { get; }

    /// <summary>Where executions are noted.</summary>
    public RequestLedger Ledger { get; }

    /// <summary>What its replies say about it; the port is right once it has started.</summary>
    public AgentIdentity Identity { get; private set; }

    /// <summary>Where it listens, or listened before it was killed.</summary>
    /// <exception cref="InvalidOperationException">It has not been started.</exception>
    public IPEndPoint EndPoint => _reservation?.EndPoint
        ?? throw new InvalidOperationException($"The agent {Options.Name} has no endpoint before {nameof(StartAsync)}.");

    /// <summary>What is wrong with it now; see <see cref="SetFaultAsync"/>.</summary>
    public AgentFault Fault => _fault;

    /// <summary>New connections are accepted now.</summary>
    public bool IsListening => Volatile.Read(ref _listener) is not null;

    /// <summary>What it has seen so far.</summary>
    public AgentCounters Counters => Tally.Read(_connections.Count);

    internal AgentTally Tally { get; } = new();

    internal TimeProvider Time { get; }

    /// <summary>Takes the port and listens, unless the fault to start with is about that.</summary>
    /// <exception cref="SocketException">The port is taken or the address is not this machine's.</exception>
    public Task StartAsync()
    {
        _reservation ??= new PortReservation(Options.Endpoint);
        Identity = Identity with { Port = _reservation.EndPoint.Port };
        return ReviveAsync();
    }

    /// <summary>
    /// Dies as by kill -9: the port refuses and every open connection, accepted or not, is reset, before this returns. The counters stay.
    /// </summary>
    public void Kill()
    {
        _isDead = true;
        ClosePort();
        foreach (var connection in _connections.Keys)
        {
            connection.Abort();
        }
    }

    /// <summary>Listens again on the same port, as the fault of the moment has it; nothing happens when it does already.</summary>
    public Task ReviveAsync() => InTurnAsync(() =>
    {
        _isDead = false;
        return OpenPortAsync();
    });

    /// <summary>
    /// Refuses new connections from now on, and loses none of those that were connected before: they are accepted and served.
    /// <see cref="ReviveAsync"/> ends it.
    /// </summary>
    public Task StopListeningAsync() => InTurnAsync(ClosePortGracefullyAsync);

    /// <summary>
    /// Stops listening, then waits until every connection has ended; false when some are still open after <paramref name="limit"/>.
    /// </summary>
    public async Task<bool> DrainAsync(TimeSpan limit, CancellationToken cancellationToken = default)
    {
        await StopListeningAsync();
        try
        {
            await Task.WhenAll(_connections.Keys.Select(connection => connection.Ended)).WaitAsync(limit, Time, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return _connections.IsEmpty;
        }
    }

    /// <summary>Changes the fault. When this returns, new connections meet the new one.</summary>
    /// <exception cref="PlatformNotSupportedException">The fault needs Linux.</exception>
    public Task SetFaultAsync(AgentFault fault) => InTurnAsync(async () =>
    {
        var portStays = !ConcernsPort(_fault) && !ConcernsPort(fault);
        _fault = fault;
        if (!portStays && !_isDead && _reservation is not null)
        {
            await ClosePortGracefullyAsync();
            await OpenPortAsync();
        }
    });

    /// <summary>Kills it and gives up the port.</summary>
    public ValueTask DisposeAsync()
    {
        Kill();
        _queue.Complete();
        _reservation?.Dispose();
        return ValueTask.CompletedTask;
    }

    internal void Forget(AgentConnection connection) => _connections.TryRemove(connection, out _);

    private static bool ConcernsPort(AgentFault fault) => fault is AgentFault.Refuse or AgentFault.StopAnsweringSyn;

    private void Accept(Socket socket)
    {
        Tally.Accepted();
        var connection = new AgentConnection(this, socket);
        _connections.TryAdd(connection, true);
        if (_isDead)
        {
            connection.Abort();
        }

        _queue.Add(connection);
    }

    private async Task OpenPortAsync()
    {
        if (_listener is not null || _blackHole is not null)
        {
            return;
        }

        if (_fault is AgentFault.StopAnsweringSyn)
        {
            _blackHole = await SynBlackHole.OpenAsync(EndPoint, Accept);
        }
        else if (_fault is not AgentFault.Refuse)
        {
            _listener = AgentListener.Open(EndPoint, Accept);
        }

        if (_isDead)
        {
            ClosePort();
        }
    }

    private async Task ClosePortGracefullyAsync()
    {
        if (_listener is { } listener)
        {
            await listener.CloseGracefullyAsync();
        }

        ClosePort();
    }

    private void ClosePort()
    {
        lock (_port)
        {
            _listener?.Close();
            _listener = null;
            _blackHole?.Dispose();
            _blackHole = null;
        }
    }

    private async Task InTurnAsync(Func<Task> act)
    {
        await _turn.WaitAsync();
        try
        {
            await act();
        }
        finally
        {
            _turn.Release();
        }
    }
}
