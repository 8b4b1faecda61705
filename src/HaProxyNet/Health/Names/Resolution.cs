namespace HaProxyNet.Health.Names;

/// <summary>How the look-up of a destination's name ended.</summary>
internal enum Resolution
{
    /// <summary>The name has no address now, or nobody answered. The last good addresses stay.</summary>
    Failed,

    /// <summary>The same addresses as before, in whatever order.</summary>
    Same,

    /// <summary>The first addresses, or others than before.</summary>
    Changed,
}
