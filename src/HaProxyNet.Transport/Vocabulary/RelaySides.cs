namespace HaProxyNet.Transport.Vocabulary;

/// <summary>The two sides of a relay.</summary>
internal static class RelaySides
{
    /// <summary>The one that is not this one.</summary>
    public static RelaySide Other(this RelaySide side) => side is RelaySide.Client ? RelaySide.Destination : RelaySide.Client;
}
