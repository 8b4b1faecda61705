using HaProxyNet.Management;
using HaProxyNet.Management.Control;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Maintaining;

/// <summary>One of two proxies that share a store, which can be killed and started again. Commands go to its socket directly: there are many.</summary>
internal sealed class SharingProxy(string node, string engine, IReadOnlyDictionary<string, string> store) : IAsyncDisposable
{
    private readonly ProxySetup _setup = new(engine, ("primary", "127.0.0.1:9"), ("secondary", "127.0.0.1:9"))
    {
        OutlivesProxy = true,
        MoreEnvironment = new Dictionary<string, string>(store)
        {
            ["HAPROXYNET__Maintenance__Store"] = "Etcd",
            ["HAPROXYNET__Maintenance__Node"] = node,
        },
    };

    private ProxyProcess? _process;

    public string Text => _process?.Text ?? "";

    public async Task StartAsync() => _process = await ProxyProcess.StartAsync(_setup);

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    public Task<ControlReply> AskAsync(string verb, string? destination = null)
        => ControlClient.SendAsync([_setup.ControlSocket], new(verb) { Cluster = destination is null ? null : ProxyProcess.Cluster, Destination = destination });

    /// <summary>The destinations that are out here, in order.</summary>
    public async Task<string> OutAsync()
        => (await AskAsync(ControlVerbs.Status)).Status is { } status
            ? string.Join(' ', status.Clusters[0].Destinations.Where(d => d.TakenOut is not null).Select(d => d.Name))
            : "no answer";

    public Task IsOutAsync(string expected) => Eventually.HoldsAsync(async () => await OutAsync() == expected, () => $"'{expected}' is out on {node}\n{Text}");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _setup.Dispose();
    }
}
