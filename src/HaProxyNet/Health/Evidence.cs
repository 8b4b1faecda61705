using System.Runtime.InteropServices;

namespace HaProxyNet.Health;

/// <summary>Something that was seen of a destination: by a real connect, a probe, or name resolution.</summary>
/// <param name="Success">It accepted a connection.</param>
/// <param name="Reason">What was seen, as a metric label.</param>
/// <param name="Took">How long it took to see, where that is known.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Evidence(bool Success, string Reason, TimeSpan Took)
{
    /// <summary>It accepted.</summary>
    public static Evidence Accepted { get; } = new(true, "connected", TimeSpan.Zero);

    /// <summary>Its name has no address now.</summary>
    public static Evidence Unresolved { get; } = new(false, "unresolved", TimeSpan.Zero);

    /// <summary>It did not accept, for this reason.</summary>
    public static Evidence Failed(string reason, TimeSpan took) => new(false, reason, took);
}
