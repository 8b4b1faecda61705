using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.AccessManager;

/// <summary>
/// A member of the cluster: nginx with two services, whose heartbeats fail apart, and a page that says which member answers.
/// </summary>
internal sealed class IdentityServer : IAsyncDisposable
{
    public const int Https = 8443;
    public const int Mutual = 8445;

    private readonly ScratchFolder _folder = new();
    private readonly VirtualHost _host;
    private readonly ProcessUnderTest _process;

    private IdentityServer(VirtualHost host, string certificate, string key)
    {
        _host = host;
        var file = _folder.Write("nginx.conf", $$"""
            daemon off;
            user root;
            pid {{_folder.File("pid")}};
            worker_processes 1;
            events { worker_connections 1024; }
            http {
              access_log off;
              client_body_temp_path {{_folder.File("body")}};
              proxy_temp_path {{_folder.File("proxy")}};
              fastcgi_temp_path {{_folder.File("fastcgi")}};
              uwsgi_temp_path {{_folder.File("uwsgi")}};
              scgi_temp_path {{_folder.File("scgi")}};
              ssl_certificate {{certificate}};
              ssl_certificate_key {{key}};
              {{Service(Https)}}
              {{Service(Mutual)}}
            }
            """);
        _process = host.Start($"nginx on {host.Name}", Requirement.Command("nginx"), "-c", file, "-p", _folder.Path, "-e", "stderr");
    }

    public string Name => _host.Name;

    public static async Task<IdentityServer> StartedAsync(VirtualHost host, string certificate, string key)
    {
        var server = new IdentityServer(host, certificate, key);
        await Eventually.HoldsAsync(
            async () => (await host.RunAsync("curl", "-skf", $"https://127.0.0.1:{Mutual}/who")).ExitCode == 0,
            () => $"{server._process.Name} answers:\n{server._process.Text}");
        return server;
    }

    /// <summary>From now on the heartbeat of a service says this; the service itself goes on.</summary>
    public void SaySick(int port, int status) => _folder.Write($"{status}-{port}", "");

    public void SayWell(int port)
    {
        foreach (var file in Directory.GetFiles(_folder.Path, $"*-{port}"))
        {
            File.Delete(file);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _folder.Dispose();
    }

    private string Service(int port) => $$"""
        server {
          listen {{port}} ssl;
          location /who { return 200 "{{_host.Name}}"; }
          location = /nidp/app/heartbeat {
            if (-f {{_folder.File($"503-{port}")}}) { return 503; }
            if (-f {{_folder.File($"302-{port}")}}) { return 302 /nidp/app/login; }
            return 200 "Success";
          }
          location = /nidp/app/login { return 200 "Please log in"; }
        }
        """;
}
