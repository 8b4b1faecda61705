using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport;

namespace HaProxyNet.Listening;

/// <summary>
/// The place of a listening socket: an address, the engine's socket once that could be bound, and, in <see cref="EndPoint"/>, the listener
/// that it accepts for. It belongs to the address: a reload that gives a listener another name hands it over. One caller at a time.
/// </summary>
internal sealed class ListeningSocket(ProxyEndPoint endPoint, TransportEngine engine)
{
    private EngineListener? _bound;
    private bool _isStarted;
    private bool _isStopped;

    /// <summary>The address, and the listener that it accepts for.</summary>
    public ProxyEndPoint EndPoint => endPoint;

    /// <summary>The address that is bound; the port is the real one where 0 was asked for. Null while none is.</summary>
    public IPEndPoint? BoundAddress { get; private set; }

    /// <summary>Why it is not bound, or does not listen again; <see cref="SocketError.Success"/>: nothing is wrong.</summary>
    public SocketError Obstacle { get; private set; }

    /// <summary>Whether clients are refused because no destination can be used.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether it was given up.</summary>
    public bool IsStopped => Volatile.Read(ref _isStopped);

    /// <summary>Binds and listens, and accepts nothing yet: what connects waits in the backlog.</summary>
    /// <returns>Whether it is bound; else <see cref="Obstacle"/> says why not.</returns>
    public bool TryBind()
    {
        try
        {
            var bound = engine.Bind(endPoint);
            (_bound, BoundAddress, Obstacle) = (bound, bound.BoundAddress, SocketError.Success);
            return true;
        }
        catch (SocketException fault)
        {
            Obstacle = fault.SocketErrorCode;
            return false;
        }
    }

    /// <summary>Accepts from now on, or as soon as the address can be bound.</summary>
    public void Start()
    {
        Volatile.Write(ref _isStarted, value: true);
        _bound?.Start();
    }

    /// <summary>Whether it accepts, or will as soon as the address can be bound.</summary>
    public bool IsStarted => Volatile.Read(ref _isStarted);

    /// <summary>Tries to bind what could not be bound before.</summary>
    public bool TryBindLate()
    {
        if (IsStopped || _bound is not null || !TryBind())
        {
            return false;
        }

        if (_isStarted)
        {
            _bound!.Start();
        }

        return true;
    }

    /// <summary>Refuses clients, as if nothing listened.</summary>
    public async Task PauseAsync()
    {
        if (_bound is { } bound && !IsStopped)
        {
            await bound.PauseAsync();
            IsPaused = true;
        }
    }

    /// <summary>Listens again.</summary>
    /// <returns>Whether it does; else <see cref="Obstacle"/> says why not.</returns>
    public async Task<bool> TryResumeAsync()
    {
        if (_bound is not { } bound || IsStopped)
        {
            return true;
        }

        try
        {
            await bound.ResumeAsync();
            (IsPaused, Obstacle) = (false, SocketError.Success);
            return true;
        }
        catch (SocketException fault)
        {
            Obstacle = fault.SocketErrorCode;
            return false;
        }
    }

    /// <summary>Closes the socket after what waits in its backlog has been accepted; open connections go on.</summary>
    public async Task StopAsync()
    {
        Volatile.Write(ref _isStopped, true);
        BoundAddress = null;
        if (_bound is { } bound)
        {
            await bound.DisposeAsync();
        }
    }
}
