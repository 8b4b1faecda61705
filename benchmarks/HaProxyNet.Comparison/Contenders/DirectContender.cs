using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>No proxy at all: clients reach the backend themselves. Its latency is the floor that load, backend and machine set.</summary>
internal sealed class DirectContender : Contender
{
    /// <inheritdoc/>
    public override string Name => "direct";

    /// <inheritdoc/>
    public override string Product => "none";

    /// <inheritdoc/>
    public override ContenderRole Role => ContenderRole.Baseline;

    /// <inheritdoc/>
    public override Task<string> ReadVersionAsync(CancellationToken cancellation) => Task.FromResult("no proxy: load against the backend");

    /// <inheritdoc/>
    public override Daemon? Launch(ProxySetup setup) => null;
}
