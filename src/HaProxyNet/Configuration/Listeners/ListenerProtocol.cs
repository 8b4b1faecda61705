namespace HaProxyNet.Configuration.Listeners;

/// <summary>What a listener speaks with its clients.</summary>
public enum ListenerProtocol
{
    /// <summary>Nothing: bytes are passed on, whatever they are.</summary>
    Tcp,

    /// <summary>HTTP/1.1 and WebSockets: each request is forwarded to a destination.</summary>
    Http,
}
