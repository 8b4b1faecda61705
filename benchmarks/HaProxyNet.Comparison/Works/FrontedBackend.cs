using System.Net;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>Two pairs: one that expects PROXY headers, and one that does not.</summary>
internal sealed class FrontedBackend(IBackend plain, IBackend withHeaders) : IBackend
{
    /// <inheritdoc/>
    public IPEndPoint Primary => plain.Primary;

    /// <inheritdoc/>
    public IPEndPoint Secondary => plain.Secondary;

    /// <summary>The pair that expects what is sent.</summary>
    public IBackend Pair(bool hasHeaders) => hasHeaders ? withHeaders : plain;

    /// <summary>Starts both on the load's CPUs.</summary>
    public static async Task<IBackend> StartAsync(Bench bench, CancellationToken cancellation) => new FrontedBackend(
        await HttpBackend.StartAsync(bench, cancellation), await HttpBackend.StartAsync(bench, cancellation, withHeaders: true));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await plain.DisposeAsync();
        await withHeaders.DisposeAsync();
    }
}
