using System.Net;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>HAProxy between the load and a contender, on the load's CPUs: it says whose connection each is, as a balancer does.</summary>
internal sealed class FrontProxy : IAsyncDisposable
{
    private readonly Daemon _haproxy;

    private FrontProxy(Daemon haproxy, IPEndPoint endpoint) => (_haproxy, Endpoint) = (haproxy, endpoint);

    /// <summary>Where the load connects.</summary>
    public IPEndPoint Endpoint { get; }

    /// <summary>Starts it and waits until it listens.</summary>
    public static async Task<FrontProxy> StartAsync(Bench bench, IPEndPoint behind, bool hasHeaders, CancellationToken cancellation)
    {
        var setup = bench.Setup(behind, behind);
        var configuration = Path.Combine(setup.Folder, "front.cfg");
        await File.WriteAllTextAsync(
            configuration,
            $"""
            global
                nbthread 1
                maxconn 4000
            defaults
                mode tcp
                option tcp-smart-connect
                timeout connect 5s
                timeout client 1h
                timeout server 1h
            listen front
                bind {setup.Listen} backlog 4096
                server contender {behind} {(hasHeaders ? "send-proxy-v2" : "")}

            """,
            cancellation);
        var haproxy = Daemon.Start(bench.Cpus.Load, Path.Combine(setup.Folder, "output.log"), "haproxy", ["-db", "-f", configuration]);
        await ListeningPort.WaitAsync(setup.Listen.Port, haproxy, "the front (haproxy)", cancellation);
        return new(haproxy, setup.Listen);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _haproxy.DisposeAsync();
}
