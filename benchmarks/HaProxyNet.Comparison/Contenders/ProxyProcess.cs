using System.Net;
using HaProxyNet.Comparison.Processes;

namespace HaProxyNet.Comparison.Contenders;

/// <summary>A contender that listens, and the process behind it.</summary>
internal sealed class ProxyProcess : IAsyncDisposable
{
    private readonly Contender _contender;
    private readonly ProxySetup _setup;
    private readonly Daemon? _daemon;

    private ProxyProcess(Contender contender, ProxySetup setup, Daemon? daemon)
    {
        _contender = contender;
        _setup = setup;
        _daemon = daemon;
        Endpoint = daemon is null ? setup.Primary : setup.Listen;
        Tree = daemon?.Tree() ?? [];
    }

    /// <summary>Where clients connect.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>The process and its children; empty for the baseline.</summary>
    public IReadOnlyList<int> Tree { get; }

    /// <summary>The CPUs that it runs on.</summary>
    public IReadOnlyList<int> Cpus => _setup.Cpus;

    /// <summary>Starts a contender and waits until it listens.</summary>
    /// <exception cref="ComparisonException">It ended, or does not listen.</exception>
    public static async Task<ProxyProcess> StartAsync(Contender contender, ProxySetup setup, CancellationToken cancellation)
    {
        var daemon = contender.Launch(setup);
        if (daemon is not null)
        {
            await ListeningPort.WaitAsync(setup.Listen.Port, daemon, contender.Name, cancellation);
        }

        return new ProxyProcess(contender, setup, daemon);
    }

    /// <summary>Bytes that its managed heap has handed out so far, when it tells.</summary>
    public Task<double?> ReadManagedBytesAsync(CancellationToken cancellation) => _contender.ReadManagedBytesAsync(_setup, cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _daemon?.DisposeAsync() ?? ValueTask.CompletedTask;
}
