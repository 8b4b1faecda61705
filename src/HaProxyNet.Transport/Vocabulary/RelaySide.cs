namespace HaProxyNet.Transport.Vocabulary;

/// <summary>One of the two peers of a relay.</summary>
internal enum RelaySide : byte
{
    /// <summary>The peer that connected to the proxy.</summary>
    Client,

    /// <summary>The peer that the proxy connected to.</summary>
    Destination,
}

/// <summary>The two sides of a relay.</summary>
internal static class RelaySides
{
    /// <summary>The one that is not this one.</summary>
    public static RelaySide Other(this RelaySide side) => side is RelaySide.Client ? RelaySide.Destination : RelaySide.Client;
}
