using System.Net.Sockets;
using System.Text.Json.Nodes;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Maintaining;

/// <summary>
/// One of two proxies that share a store, which can be killed and started again. Commands go to its socket directly: there are many.
/// </summary>
internal sealed class SharingProxy(string node, string engine, IReadOnlyDictionary<string, string> store) : IAsyncDisposable
{
    private readonly ProxySetup _setup = new(engine, ("primary", "127.0.0.1:9"), ("secondary", "127.0.0.1:10"))
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

    /// <summary>
    /// Gives a command. The answer's keys are those of the control socket: <c>message</c>, <c>error</c>, <c>warnings</c>, … A proxy that is
    /// killed meanwhile gives none.
    /// </summary>
    public async Task<JsonNode> AskAsync(string verb, string? destination = null)
    {
        var request = new JsonObject { ["command"] = verb };
        if (destination is not null)
        {
            (request["cluster"], request["destination"]) = (ProxyProcess.Cluster, destination);
        }

        try
        {
            using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_setup.ControlSocket));
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes(request.ToJsonString() + "\n"));
            using var reader = new StreamReader(stream);
            return await reader.ReadLineAsync() is { Length: > 0 } answer ? JsonNode.Parse(answer)! : new JsonObject();
        }
        catch (Exception fault) when (fault is SocketException or IOException)
        {
            return new JsonObject();
        }
    }

    /// <summary>The destinations that are out here, in order.</summary>
    public async Task<string> OutAsync()
        => (await AskAsync("status"))["status"]?["clusters"]?[0]?["destinations"] is JsonArray destinations
            ? string.Join(' ', destinations.Where(d => d!["takenOut"] is not null).Select(d => (string)d!["name"]!))
            : "no answer";

    public Task IsOutAsync(string expected)
        => Eventually.HoldsAsync(async () => await OutAsync() == expected, () => $"'{expected}' is out on {node}\n{Text}");

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _setup.Dispose();
    }
}
