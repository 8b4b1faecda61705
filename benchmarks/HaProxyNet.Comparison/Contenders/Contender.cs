using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Works;

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

    /// <summary>
    /// Whether it takes part in a work: a configuration that ends TLS in works with TLS and in no other, one that is made for one work in
    /// that one.
    /// </summary>
    public virtual bool Does(IWork work) => !work.IsTls && !work.IsFronted;

    /// <summary>Its version, as it says itself.</summary>
    public abstract Task<string> ReadVersionAsync(CancellationToken cancellation);

    /// <summary>Starts its process; it need not listen yet. Null for a contender that has none.</summary>
    public abstract Daemon? Launch(ProxySetup setup);

    /// <summary>Bytes that its managed heap has ever handed out, when it has a managed heap and tells; else null.</summary>
    public virtual Task<double?> ReadManagedBytesAsync(ProxySetup setup, CancellationToken cancellation) => Task.FromResult<double?>(null);
}
