using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>nginx as a destination: a real server that closes each connection after its answer.</summary>
internal sealed class NginxServer : IAsyncDisposable
{
    private readonly string _command = Requirement.Command("nginx");
    private readonly ScratchFolder _folder = new();
    private ProcessUnderTest? _process;

    public int Port { get; } = FreePorts.Next();

    public string Address => $"127.0.0.1:{Port}";

    public static async Task<NginxServer> StartedAsync()
    {
        var server = new NginxServer();
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it, for the first time or again, and waits until its worker answers.</summary>
    public async Task StartAsync()
    {
        var file = _folder.Write("nginx.conf", $$"""
            daemon off;
            pid {{_folder.File("pid")}};
            worker_processes 1;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path {{_folder.File("body")}};
              proxy_temp_path {{_folder.File("proxy")}};
              fastcgi_temp_path {{_folder.File("fastcgi")}};
              uwsgi_temp_path {{_folder.File("uwsgi")}};
              scgi_temp_path {{_folder.File("scgi")}};
              server { listen 127.0.0.1:{{Port}}; location / { return 200 "answered\n"; } }
            }
            """);
        _process = new ProcessUnderTest("nginx", _command, ["-c", file, "-p", _folder.Path, "-e", "stderr"]);
        await Eventually.HoldsAsync(AnswersAsync, () => $"nginx answers on port {Port}:\n{_process.Text}");
    }

    /// <summary>kill -9 of the master and its worker, by their ids. A worker without its master would go on serving.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    private async Task<bool> AnswersAsync()
    {
        Assert.False(_process!.HasExited, _process.Text);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            await socket.SendAsync("GET / HTTP/1.0\r\n\r\n"u8.ToArray());
            return await socket.ReceiveAsync(new byte[16]) > 0;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
