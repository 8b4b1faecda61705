using System.Net;

namespace HaProxyNet.Transport;

/// <summary>One side of a connection: a TCP socket of an engine.</summary>
internal abstract class TransportSocket
{
    /// <summary>The peer's address.</summary>
    public abstract IPEndPoint RemoteEndPoint { get; }

    /// <summary>Our address on this socket.</summary>
    public abstract IPEndPoint LocalEndPoint { get; }

    /// <summary>Closes in order (FIN) when everything was delivered. Closing or resetting again does nothing.</summary>
    public abstract void Close();

    /// <summary>Closes with RST: the peer learns that the connection failed.</summary>
    public abstract void Reset();
}
