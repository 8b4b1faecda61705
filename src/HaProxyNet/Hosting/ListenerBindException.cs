using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Hosting;

/// <summary>A listener's address cannot be bound. It is an <see cref="IOException"/>, as Kestrel expects of a failed bind.</summary>
internal sealed class ListenerBindException(string listener, IPEndPoint address, SocketException inner)
    : IOException($"Listener {listener} cannot listen on {address}: {inner.Message}.", inner)
{
    /// <summary>The listener's name.</summary>
    public string Listener { get; } = listener;

    /// <summary>The address that was asked for.</summary>
    public IPEndPoint Address { get; } = address;

    /// <summary>What the system said.</summary>
    public SocketError Error { get; } = inner.SocketErrorCode;
}
