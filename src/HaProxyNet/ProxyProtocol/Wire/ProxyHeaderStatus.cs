namespace HaProxyNet.ProxyProtocol.Wire;

/// <summary>What the first bytes of a connection are.</summary>
internal enum ProxyHeaderStatus
{
    /// <summary>The beginning of a header, or nothing yet.</summary>
    NeedMore = 0,

    /// <summary>A whole header.</summary>
    Complete,

    /// <summary>Something else.</summary>
    NoHeader,

    /// <summary>A header that breaks the rules.</summary>
    Invalid,
}
