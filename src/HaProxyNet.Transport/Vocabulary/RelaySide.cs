namespace HaProxyNet.Transport.Vocabulary;

/// <summary>One of the two peers of a relay.</summary>
internal enum RelaySide : byte
{
    /// <summary>The peer that connected to the proxy.</summary>
    Client,

    /// <summary>The peer that the proxy connected to.</summary>
    Destination,
}
