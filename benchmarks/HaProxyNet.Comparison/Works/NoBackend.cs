using System.Net;

namespace HaProxyNet.Comparison.Works;

/// <summary>For a work that starts its destinations by itself in every round.</summary>
internal sealed class NoBackend : IBackend
{
    /// <inheritdoc/>
    public IPEndPoint Primary => new(IPAddress.None, 0);

    /// <inheritdoc/>
    public IPEndPoint Secondary => Primary;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
