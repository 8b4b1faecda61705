using System.Net;
using System.Net.Sockets;
using System.Text;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Health.Names;
using HaProxyNet.Reloading;
using HaProxyNet.Server.Running;
using HaProxyNet.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.FuzzTests.Configurations;

/// <summary>
/// The application that <c>run</c> starts, in this process, with its file in a folder of its own, in front of an agent that answers.
/// </summary>
internal sealed class FuzzedProxy : IAsyncDisposable
{
    private readonly string _folder;
    private readonly WebApplication _application;
    private readonly TcpListener _agent;
    private int _unhandled;

    private FuzzedProxy(string folder, WebApplication application, TcpListener agent, int[] ports)
    {
        (_folder, _application, _agent, Ports) = (folder, application, agent, ports);
        Whole = new(Encoding.UTF8.GetBytes(ConfigurationModel.Make(ports).ToJsonString()), []);
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>The first listener's, the second one's, and the agent's.</summary>
    public int[] Ports { get; }

    /// <summary>A configuration without a fault.</summary>
    public FuzzedConfiguration Whole { get; }

    private string File => Path.Combine(_folder, "haproxynet.json");

    public static async Task<FuzzedProxy> StartAsync()
    {
        var agent = new TcpListener(IPAddress.Loopback, 0);
        agent.Start();
        _ = AnswerAsync(agent);
        int[] ports = [FreePort(), FreePort(), ((IPEndPoint)agent.LocalEndpoint).Port];
        var folder = Directory.CreateTempSubdirectory("haproxynet-fuzz-").FullName;
        var file = Path.Combine(folder, "haproxynet.json");
        await System.IO.File.WriteAllTextAsync(file, ConfigurationModel.Make(ports).ToJsonString());
        var application = ProxyApplication.Build(
            ConfigurationFile.Load(file, new MemoryConfigurationSource()),
            logging => logging.ClearProviders(),
            services => services.AddSingleton<INameLookup, NoNames>());
        await application.StartAsync();
        return new(folder, application, agent, ports);
    }

    /// <summary>Saves a file and takes it over; what is wrong with that, or null.</summary>
    public async Task<string?> FaultOfAsync(FuzzedConfiguration input)
    {
        await System.IO.File.WriteAllBytesAsync(File, input.Content);
        var reloading = _application.Services.GetRequiredService<ConfigurationReloader>().ReloadAsync();
        var outcome = await reloading.WaitAsync(TimeSpan.FromMinutes(2));
        var faults = _application.Services.GetRequiredService<InternalFaults>();
        return outcome.Faults.Select(ConfigurationOracle.ProblemOf).FirstOrDefault(problem => problem is not null)
            ?? Enum.GetValues<FaultPlace>().Where(place => faults[place] > 0).Select(place => $"a fault of the proxy itself in {place}")
                .FirstOrDefault()
            ?? (Volatile.Read(ref _unhandled) > 0 ? "a task has thrown, and nobody has looked" : null)
            ?? (ReferenceEquals(input, Whole) ? await ServesAsync(outcome.Faults) : null);
    }

    public async ValueTask DisposeAsync()
    {
        TaskScheduler.UnobservedTaskException -= OnUnobserved;
        await _application.StopAsync();
        await _application.DisposeAsync();
        _agent.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>With a whole configuration a client is answered.</summary>
    private async Task<string?> ServesAsync(IReadOnlyList<ConfigurationFault> faults)
    {
        if (faults.Count > 0)
        {
            return $"a whole configuration is refused: {faults[0]}";
        }

        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Ports[0]);
        var answer = new byte[2];
        await client.GetStream().ReadExactlyAsync(answer);
        return answer is [(byte)'o', (byte)'k'] ? null : "a client is not answered";
    }

    private static async Task AnswerAsync(TcpListener agent)
    {
        try
        {
            while (true)
            {
                using var client = await agent.AcceptTcpClientAsync();
                await client.GetStream().WriteAsync("ok"u8.ToArray());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException or InvalidOperationException or IOException)
        {
            // The run has ended.
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs fault) => Interlocked.Increment(ref _unhandled);

    /// <summary>Names are made up: nobody is asked for them.</summary>
    private sealed class NoNames : INameLookup
    {
        public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
            => host.EndsWith(".example", StringComparison.Ordinal)
                ? Task.FromResult(new[] { IPAddress.Loopback })
                : throw new SocketException((int)SocketError.HostNotFound);
    }
}
