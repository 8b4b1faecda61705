namespace HaProxyNet.Health;

/// <summary>Something that was seen of a destination: by a real connect, a probe, or name resolution.</summary>
/// <param name="Success">It accepted a connection.</param>
/// <param name="Reason">What was seen, as a metric label.</param>
internal readonly record struct Evidence(bool Success, string Reason)
{
    /// <summary>It accepted.</summary>
    public static Evidence Accepted { get; } = new(true, "connected");

    /// <summary>Its name has no address now.</summary>
    public static Evidence Unresolved { get; } = new(false, "unresolved");

    /// <summary>It did not accept, for this reason.</summary>
    public static Evidence Failed(string reason) => new(false, reason);
}
