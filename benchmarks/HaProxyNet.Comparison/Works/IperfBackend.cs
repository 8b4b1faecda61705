using System.Globalization;
using System.Net;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>Two iperf3 servers as the pair.</summary>
internal sealed class IperfBackend : IBackend
{
    private readonly List<Daemon> _servers = [];
    private readonly List<IPEndPoint> _endpoints = [];

    /// <inheritdoc/>
    public IPEndPoint Primary => _endpoints[0];

    /// <inheritdoc/>
    public IPEndPoint Secondary => _endpoints[1];

    /// <summary>Starts them on the load's CPUs.</summary>
    public static async Task<IBackend> StartAsync(Bench bench, CancellationToken cancellation)
    {
        var backend = new IperfBackend();
        var folder = bench.FolderFor("backend");
        foreach (var number in new[] { 1, 2 })
        {
            var port = FreePorts.Next();
            var server = Daemon.Start(
                bench.Cpus.Load,
                Path.Combine(folder, $"iperf{number}.log"),
                "iperf3",
                ["-s", "-B", "127.0.0.1", "-p", port.ToString(CultureInfo.InvariantCulture)]);
            backend._servers.Add(server);
            backend._endpoints.Add(new IPEndPoint(IPAddress.Loopback, port));
            await ListeningPort.WaitAsync(port, server, "the backend (iperf3)", cancellation);
        }

        return backend;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
        {
            await server.DisposeAsync();
        }
    }
}
