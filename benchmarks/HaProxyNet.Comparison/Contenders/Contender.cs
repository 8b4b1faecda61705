using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>A proxy in one configuration.</summary>
internal abstract class Contender
{
    /// <summary>Name in tables and on the command line, e.g. <c>haproxy-best</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The product, e.g. <c>haproxy</c>.</summary>
    public abstract string Product { get; }

    /// <summary>The part it plays in ratios.</summary>
    public abstract ContenderRole Role { get; }

    /// <summary>Whether it is made for works in which TLS ends at the proxy, or for the others.</summary>
    /// <param name="isTls">Whether it does.</param>
    public virtual bool Does(bool isTls) => !isTls;

    /// <summary>Its version, as it says itself.</summary>
    public abstract Task<string> ReadVersionAsync(CancellationToken cancellation);

    /// <summary>Starts its process; it need not listen yet. Null for a contender that has none.</summary>
    public abstract Daemon? Launch(ProxySetup setup);

    /// <summary>Bytes that its managed heap has ever handed out, when it has a managed heap and tells; else null.</summary>
    public virtual Task<double?> ReadManagedBytesAsync(ProxySetup setup, CancellationToken cancellation) => Task.FromResult<double?>(null);
}
