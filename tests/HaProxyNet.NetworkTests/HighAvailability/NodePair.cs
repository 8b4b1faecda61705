using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>
/// samples/HighAvailability as a whole: two nodes with one virtual address, two agents behind both, and a client that knows the address.
/// </summary>
internal sealed class NodePair : IAsyncDisposable
{
    public const string Address = "10.20.0.5";

    private readonly ScratchFolder _folder = new();
    private readonly VirtualNetwork _network;
    private VirtualHost _client = null!;

    private NodePair(VirtualNetwork network) => _network = network;

    public List<Node> Nodes { get; } = [];

    public List<IqAgent> Agents { get; } = [];

    public static async Task<NodePair> StartAsync(string engine, TimeSpan advert)
    {
        Requirement.Command("keepalived");
        var pair = new NodePair(await VirtualNetwork.CreateAsync());
        try
        {
            await pair.BuildAsync(engine, advert);
            return pair;
        }
        catch
        {
            await pair.DisposeAsync();
            throw;
        }
    }

    /// <summary>The node that has the address, once exactly one of them has it.</summary>
    public async Task<Node> MasterAsync()
    {
        var owners = new List<Node>();
        await Eventually.HoldsAsync(
            async () =>
            {
                owners.Clear();
                foreach (var node in Nodes)
                {
                    if (await node.HasAddressAsync())
                    {
                        owners.Add(node);
                    }
                }

                return owners.Count == 1;
            },
            () => $"one node has the address, not {owners.Count}.\n{string.Join('\n', Nodes.Select(node => node.Describe()))}",
            TimeSpan.FromMilliseconds(20));
        return owners[0];
    }

    public Node Other(Node node) => Nodes.Single(other => !ReferenceEquals(other, node));

    /// <summary>RPCs at a steady rate, each a connection to the virtual address.</summary>
    public IqClient StartClient(int rate, string workload)
        => IqClient.StartAt($"{Address}:5050", rate, TimeSpan.FromMinutes(10), workload, Agents, _client.Prefix);

    public async ValueTask DisposeAsync()
    {
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }

        foreach (var agent in Agents)
        {
            await agent.DisposeAsync();
        }

        await _network.DisposeAsync();
        _folder.Dispose();
    }

    private async Task BuildAsync(string engine, TimeSpan advert)
    {
        foreach (var (name, address) in (IReadOnlyList<(string, string)>)[("primary", "10.20.0.11"), ("secondary", "10.20.0.12")])
        {
            var host = await _network.AddAsync(name, address);
            Agents.Add(new IqAgent(name, _folder, host.Prefix) { Host = address, Port = 5050 });
        }

        foreach (var (name, address) in (IReadOnlyList<(string, string)>)[("node-a", "10.20.0.2"), ("node-b", "10.20.0.3")])
        {
            var node = new Node(await _network.AddAsync(name, address), engine);
            Nodes.Add(node);
            (await node.Host.RunAsync("sh", BuildOutput.Sample(Node.Sample, "prepare-node.sh"))).ExpectSuccess("prepare-node.sh");
        }

        await Task.WhenAll([.. Agents.Select(agent => agent.StartAsync()), .. Nodes.Select(node => node.StartProxyAsync())]);
        _client = await _network.AddAsync("client", "10.20.0.50");
        Nodes.ForEach(node => node.StartKeepalived(advert));
        await MasterAsync();
    }
}
