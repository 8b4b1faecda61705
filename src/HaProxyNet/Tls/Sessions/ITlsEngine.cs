using HaProxyNet.Transport;

namespace HaProxyNet.Tls.Sessions;

/// <summary>A TLS library behind the seam. Any lane; what it makes belongs to the lane of its socket.</summary>
internal interface ITlsEngine
{
    /// <summary>Its name in <c>build_info</c> and the log.</summary>
    string Name { get; }

    /// <summary>A session with a client. The handshake has not begun.</summary>
    TlsSession CreateServer(LaneSocket socket, TlsServerSettings settings);

    /// <summary>A session with a destination. The handshake has not begun.</summary>
    TlsSession CreateClient(LaneSocket socket, TlsClientSettings settings);
}
