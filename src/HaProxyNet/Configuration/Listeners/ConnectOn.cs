namespace HaProxyNet.Configuration.Listeners;

/// <summary>When a destination is connected for a client.</summary>
public enum ConnectOn
{
    /// <summary>When the client has connected.</summary>
    Accept,

    /// <summary>
    /// When it has sent its first byte: what only knocks never reaches a destination. Not for protocols in which the server speaks first.
    /// </summary>
    FirstByte,
}
