using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport;

namespace HaProxyNet.Listening;

/// <summary>
/// The place of a listening socket: an address, the engine's socket once that could be bound, and, in <see cref="Place"/>, the listener
/// that it accepts for. It belongs to the address: a reload that gives a listener another name hands it over. One caller at a time; the
/// properties may be read by any thread.
/// </summary>
internal sealed class ListeningSocket(IAcceptingPlace place, TransportEngine engine)
{
    private EngineListener? _bound;
    private IPEndPoint? _boundAddress;
    private int _obstacle;
    private bool _isStarted;
    private bool _isStopped;
    private bool _accepts;
    private bool _isHeld;

    /// <summary>The address, and the listener that it accepts for.</summary>
    public IAcceptingPlace Place => place;

    /// <summary>Whether the address could be bound.</summary>
    public bool IsBound => Volatile.Read(ref _bound) is not null;

    /// <summary>The address that is bound; the port is the real one where 0 was asked for. Null while it does not listen.</summary>
    public IPEndPoint? BoundAddress => Volatile.Read(ref _boundAddress);

    /// <summary>Why it does not listen; <see cref="SocketError.Success"/>: nothing is wrong.</summary>
    public SocketError Obstacle
    {
        get => (SocketError)Volatile.Read(ref _obstacle);
        private set => Volatile.Write(ref _obstacle, (int)value);
    }

    /// <summary>The same for people.</summary>
    public string ObstacleInWords => Obstacle switch
    {
        SocketError.AddressNotAvailable => "the address is not on this machine now",
        SocketError.AddressAlreadyInUse => $"another program has the port (ss -ltnp 'sport = :{place.Address.Port}')",
        var other => new SocketException((int)other).Message,
    };

    /// <summary>Whether <see cref="Obstacle"/> has been logged.</summary>
    public bool IsObstacleLogged { get; set; }

    /// <summary>Whether clients are refused because no destination can be used.</summary>
    public bool IsPaused { get; private set; }

    /// <summary>Whether it was given up.</summary>
    public bool IsStopped => Volatile.Read(ref _isStopped);

    /// <summary>Whether an address that cannot be bound for this reason may be free later, without a change of the configuration.</summary>
    public static bool MayBeFreeLater(SocketError error) => error is SocketError.AddressNotAvailable or SocketError.AddressAlreadyInUse;

    /// <summary>Binds and listens, and accepts nothing before <see cref="Start"/>: what connects waits in the backlog.</summary>
    /// <returns>Whether it is bound; else <see cref="Obstacle"/> says why not.</returns>
    public bool TryBind()
    {
        try
        {
            Volatile.Write(ref _bound, engine.Bind(place.Address, place));
            Works(_bound!);
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
        Accept();
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

        if (IsStarted)
        {
            Accept();
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
            return false;
        }

        try
        {
            await bound.ResumeAsync();
            _accepts = true;
            IsPaused = false;
            Works(bound);
            return true;
        }
        catch (SocketException fault)
        {
            Volatile.Write(ref _boundAddress, value: null);
            Obstacle = fault.SocketErrorCode;
            return false;
        }
    }

    /// <summary>Closes the socket after what waits in its backlog has been accepted; open connections go on.</summary>
    public async Task StopAsync()
    {
        Volatile.Write(ref _isStopped, value: true);
        Volatile.Write(ref _boundAddress, value: null);
        if (_bound is { } bound)
        {
            await bound.DisposeAsync();
        }
    }

    /// <summary>The descriptor that another process may go on with; below zero: there is none.</summary>
    public int Descriptor => IsStopped ? -1 : _bound?.Descriptor ?? -1;

    /// <summary>Whether a service manager keeps the socket open.</summary>
    public bool IsShared => _bound is { IsShared: true };

    /// <summary>Accepts no more for now, if it accepts: what connects waits in the backlog.</summary>
    public ValueTask HoldAsync()
    {
        _isHeld = _bound is not null && _accepts && !IsStopped && !IsPaused;
        return _isHeld ? _bound!.HoldAsync() : ValueTask.CompletedTask;
    }

    /// <summary>Accepts again, if it was held.</summary>
    public ValueTask GoOnAsync()
    {
        var goesOn = _isHeld && !IsStopped;
        _isHeld = false;
        return goesOn ? _bound!.GoOnAsync() : ValueTask.CompletedTask;
    }

    /// <summary>Another process accepts from it: lets it go, with its backlog.</summary>
    public async Task LeaveAsync()
    {
        Volatile.Write(ref _isStopped, value: true);
        Volatile.Write(ref _boundAddress, value: null);
        if (_bound is { } bound)
        {
            await bound.LeaveAsync();
        }
    }

    /// <summary>
    /// Once: a reload and the guard may both find that it is to accept now, and two accept loops take each other's connections. One that
    /// refuses clients accepts when it listens again.
    /// </summary>
    private void Accept()
    {
        if (_bound is { } bound && !IsPaused && !Interlocked.Exchange(ref _accepts, true))
        {
            bound.Start();
        }
    }

    private void Works(EngineListener bound)
    {
        (Obstacle, IsObstacleLogged) = (SocketError.Success, false);
        Volatile.Write(ref _boundAddress, bound.BoundAddress);
    }
}
