using System.Net;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>HAProxy, nginx or radsecproxy with a configuration of the test's own.</summary>
internal sealed class ConfiguredServer : IAsyncDisposable
{
    private readonly ScratchFolder _folder;
    private readonly ProcessUnderTest _process;

    private ConfiguredServer(ScratchFolder folder, ProcessUnderTest process, int port)
        => (_folder, _process, Port) = (folder, process, port);

    public int Port { get; }

    public string Address => $"127.0.0.1:{Port}";

    /// <summary>HAProxy with these proxies; waits until the port accepts.</summary>
    /// <param name="port">The port that it listens on.</param>
    /// <param name="proxies">Its frontends and backends, behind the usual defaults.</param>
    public static Task<ConfiguredServer> HaproxyAsync(int port, string proxies) => StartAsync(
        Requirement.Command("haproxy"),
        port,
        $"""
        global
          log stdout format raw local0
        defaults
          log global
          timeout connect 5s
          timeout client 30s
          timeout server 30s
        {proxies}

        """,
        (file, _) => ["-db", "-f", file]);

    /// <summary>nginx with these blocks; waits until the port accepts.</summary>
    public static Task<ConfiguredServer> NginxAsync(int port, string blocks)
    {
        const string StreamModule = "/usr/lib/nginx/modules/ngx_stream_module.so";
        Assert.SkipUnless(
            File.Exists(StreamModule), "needs nginx's stream module, which is not installed here: apt-get install libnginx-mod-stream");
        return StartAsync(
            Requirement.Command("nginx"),
            port,
            $$"""
            load_module {{StreamModule}};
            daemon off;
            pid pid;
            worker_processes 1;
            events { worker_connections 1024; }
            {{blocks}}

            """,
            (file, folder) => ["-c", file, "-p", folder.Path, "-e", "stderr"]);
    }

    /// <summary>radsecproxy as a server of RadSec with this certificate, which its clients must have as well.</summary>
    public static Task<ConfiguredServer> RadsecproxyAsync(int port, CertificateFiles certificate) => StartAsync(
        Requirement.Command("radsecproxy"),
        port,
        $$"""
        ListenTLS 127.0.0.1:{{port}}
        LogLevel 2
        tls default {
            CACertificateFile {{certificate.Certificate}}
            CertificateFile {{certificate.Certificate}}
            CertificateKeyFile {{certificate.Key}}
        }
        client proxy {
            host 127.0.0.1
            type tls
            secret radsec
            certificateNameCheck off
        }
        server home {
            host 127.0.0.1
            port {{FreePorts.Next()}}
            type udp
            secret testing123
        }
        realm * {
            server home
        }

        """,
        (file, _) => ["-f", "-c", file]);

    public void Send(int signal) => _process.Send(signal);

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private static async Task<ConfiguredServer> StartAsync(
        string command,
        int port,
        string configuration,
        Func<string, ScratchFolder, string[]> arguments)
    {
        var folder = new ScratchFolder();
        var process = new ProcessUnderTest(command, command, arguments(folder.Write("server.conf", configuration), folder));
        var server = new ConfiguredServer(folder, process, port);
        await Eventually.HoldsAsync(server.AcceptsAsync, () => $"{command} accepts on port {port}:\n{process.Text}");
        return server;
    }

    private async Task<bool> AcceptsAsync()
    {
        Assert.False(_process.HasExited, _process.Text);
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
