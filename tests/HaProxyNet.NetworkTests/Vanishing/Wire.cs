namespace HaProxyNet.NetworkTests.Vanishing;

/// <summary>What is spoken on the two sides of the proxy.</summary>
internal enum Wire
{
    /// <summary>No TLS.</summary>
    Plain,

    /// <summary>TLS from the client to the agent; the proxy reads its hello and nothing else.</summary>
    PassedThrough,

    /// <summary>TLS from the client to the proxy.</summary>
    Terminated,

    /// <summary>TLS from the proxy to the agent.</summary>
    Reencrypted,
}
