using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <summary>
/// One side of a <see cref="PumpedRelay"/>: plain bytes in and out, whatever is on the wire. Errors are values. One reader and one writer
/// at a time, on the connection's lane.
/// </summary>
/// <param name="socket">The socket below it.</param>
internal abstract class RelayEnd(LaneSocket socket) : IDisposable
{
    /// <summary>Result of a read: there is nothing at the moment; wait again.</summary>
    public const int Nothing = LaneSocket.Nothing;

    /// <summary>Result of a read: the peer has reset.</summary>
    public const int Reset = LaneSocket.Failed;

    /// <summary>Result of a read: what the peer sent is not what its protocol allows, or it has sent a fatal alert.</summary>
    public const int Broken = -3;

    /// <summary>The alert by which the peer has ended the session after the handshake; null: it has not.</summary>
    public string? Alert { get; protected set; }

    /// <summary>The outcome of a connection that ends because a read said <see cref="Broken"/>.</summary>
    public virtual ConnectionOutcome BrokenOutcome => ConnectionOutcome.TlsFailed;

    /// <summary>Whether a read costs no more than a look: then it comes before a wait, and there is no wait after a full one.</summary>
    public virtual bool MayReadAtOnce => false;

    /// <summary>The socket below.</summary>
    public LaneSocket Socket => socket;

    /// <summary>
    /// Returns when <see cref="ReadAsync"/> has something to tell. Nothing that grows with the number of connections is held meanwhile, as
    /// long as nothing has arrived.
    /// </summary>
    public abstract ValueTask WaitReadableAsync();

    /// <summary>
    /// Reads what is there: a count; 0 for the peer's end (close_notify or FIN); <see cref="Nothing"/>, <see cref="Reset"/> or
    /// <see cref="Broken"/>.
    /// </summary>
    public abstract ValueTask<int> ReadAsync(Memory<byte> into);

    /// <summary>Gives everything to the system, waiting for room; false when the peer has reset.</summary>
    public abstract ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data);

    /// <summary>Tells the peer that nothing more comes: close_notify where there is TLS, then FIN. Again does nothing.</summary>
    public abstract ValueTask ShutdownSendAsync();

    /// <summary>Frees what the session needed; the socket is closed or reset already. No read or write may be under way.</summary>
    public virtual void Dispose() => socket.Dispose();
}
