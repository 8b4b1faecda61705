namespace HaProxyNet.Transport;

/// <summary>
/// A connection's socket for code that reads and writes it above the engine, such as a TLS session: what waits here resumes on the
/// connection's lane. Errors are values. One reader and one writer at a time.
/// </summary>
internal abstract class LaneSocket : IDisposable
{
    /// <summary>Result of a read: there is nothing at the moment.</summary>
    public const int Nothing = -1;

    /// <summary>Result of a read: the peer has reset, or <see cref="Cancel"/> was called.</summary>
    public const int Failed = -2;

    /// <summary>The engine's socket.</summary>
    public abstract TransportSocket Socket { get; }

    /// <summary>
    /// While this is set, what follows a wait for bytes costs much processor time, as the steps of a TLS handshake do: the lane runs one
    /// such continuation a turn, so that the others have theirs.
    /// </summary>
    public bool IsCostly { get; set; }

    /// <summary>
    /// Whether the peer has reset, although no read has said so. False once our FIN was sent: then nobody can tell that from an orderly
    /// end.
    /// </summary>
    public abstract bool HasFailed { get; }

    /// <summary>
    /// Whether bytes, or an end, of the peer are there that no read has taken. Where they are waited for, it is this process that is late.
    /// </summary>
    public abstract bool HasUnread { get; }

    /// <summary>Whether the failure was that the peer's system does not answer any more.</summary>
    public abstract bool HasVanished { get; }

    /// <summary>Reads what is there: a count, 0 for FIN, <see cref="Nothing"/> or <see cref="Failed"/>.</summary>
    public abstract int TryRead(Span<byte> into);

    /// <summary>Returns when a read will say something other than <see cref="Nothing"/>, as far as is known.</summary>
    public abstract ValueTask WaitReadableAsync();

    /// <summary>
    /// Gives everything to the system, waiting for room; false when the peer has reset, or <see cref="Cancel"/> was called.
    /// </summary>
    public abstract ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data);

    /// <summary>
    /// Returns where two things of one connection never run at once. On the Reactor that is everywhere; the Managed engine has an order of
    /// its own for each connection, which code that begins several things at once has to enter.
    /// </summary>
    public abstract ValueTask EnterAsync();

    /// <summary>Returns when the lane's other connections have had their turn.</summary>
    public abstract ValueTask YieldAsync();

    /// <summary>
    /// Goes on on the lane, for work that was done elsewhere because it takes long: nothing of the lane is touched before.
    /// </summary>
    public virtual ValueTask ReturnAsync() => ValueTask.CompletedTask;

    /// <summary>
    /// Goes on where the connection's waits do, from any thread: for code that hands bytes to another thread and takes some from it. Any
    /// number may be under way.
    /// </summary>
    public abstract ValueTask GoOnAsync();

    /// <summary>Sends our FIN; what the peer sends is still read.</summary>
    public abstract void ShutdownSend();

    /// <summary>
    /// Makes this the one that is notified of the socket's events; another stage may have had them meanwhile, and a wait that they would
    /// have ended ends now.
    /// </summary>
    public abstract void Attach();

    /// <summary>Ends every wait, for good: reads and writes fail from here on. The socket is still to be closed or reset.</summary>
    public abstract void Cancel();

    /// <summary>Closes in order, and ends every wait.</summary>
    public abstract void Close();

    /// <summary>Closes with RST, and ends every wait.</summary>
    public abstract void Reset();

    /// <summary>Frees what the waits needed, when there are none any more.</summary>
    public abstract void Dispose();
}
