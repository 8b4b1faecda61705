using System.Net;
using HaProxyNet.Comparison.Machine;
using HaProxyNet.Comparison.Processes;
using HaProxyNet.Comparison.Running;

namespace HaProxyNet.Comparison.Works;

/// <summary>nginx as the pair: a small static reply on two ports, no log.</summary>
internal sealed class HttpBackend : IBackend
{
    /// <summary>The path of a reply of a GB (10⁹ bytes).</summary>
    public const string LargePath = "/large";

    private const int ReplyBytes = 2048;
    private const long LargeBytes = 1_000_000_000;
    private readonly Daemon _nginx;

    private HttpBackend(Daemon nginx, IPEndPoint primary, IPEndPoint secondary)
    {
        _nginx = nginx;
        Primary = primary;
        Secondary = secondary;
    }

    /// <inheritdoc/>
    public IPEndPoint Primary { get; }

    /// <inheritdoc/>
    public IPEndPoint Secondary { get; }

    /// <summary>Starts it on the load's CPUs.</summary>
    /// <param name="bench">The bench.</param>
    /// <param name="cancellation">Ends the wait.</param>
    /// <param name="withHeaders">Whether it expects a PROXY header before each connection's bytes.</param>
    public static async Task<IBackend> StartAsync(Bench bench, CancellationToken cancellation, bool withHeaders = false)
    {
        var folder = bench.FolderFor(withHeaders ? "backend-with-headers" : "backend");
        var header = withHeaders ? " proxy_protocol" : "";
        var setup = bench.Setup(Local(), Local());
        await File.WriteAllTextAsync(Path.Combine(folder, "reply"), new string('x', ReplyBytes), cancellation);
        await using (var large = File.Create(Path.Combine(folder, "large")))
        {
            // Sparse: it takes no room on the disk.
            large.SetLength(LargeBytes);
        }

        var configuration = Path.Combine(folder, "nginx.conf");
        await File.WriteAllTextAsync(
            configuration,
            $$"""
            daemon off;
            pid {{folder}}/nginx.pid;
            user {{Environment.UserName}};
            error_log stderr crit;
            worker_processes 1;
            events { worker_connections 10000; }
            http {
                access_log off;
                keepalive_requests 1000000000;
                keepalive_timeout 1h;
                open_file_cache max=10;
                sendfile on;
                client_body_temp_path {{folder}}; proxy_temp_path {{folder}}; fastcgi_temp_path {{folder}};
                uwsgi_temp_path {{folder}}; scgi_temp_path {{folder}};
                server {
                    listen {{setup.Primary}}{{header}} backlog=4096;
                    listen {{setup.Secondary}}{{header}} backlog=4096;
                    root {{folder}};
                    location = {{LargePath}} { }
                    location / { try_files /reply =404; }
                }
            }
            """,
            cancellation);
        var nginx = Daemon.Start(bench.Cpus.Load, Path.Combine(folder, "output.log"), "nginx", ["-e", "stderr", "-c", configuration]);
        await ListeningPort.WaitAsync(setup.Primary.Port, nginx, "the backend (nginx)", cancellation);
        return new HttpBackend(nginx, setup.Primary, setup.Secondary);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _nginx.DisposeAsync();

    private static IPEndPoint Local() => new(IPAddress.Loopback, FreePorts.Next());
}
