using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Lab;

/// <summary>
/// A switch and hosts around it, each a network namespace with an address and a file of names of its own; made by the test and gone with
/// it. A sample's configuration runs here as it is: addresses, ports and names are those that it names. The machine's own network is not
/// touched.
/// </summary>
internal sealed class VirtualNetwork : IAsyncDisposable
{
    private static int _made;

    private readonly string _ip = Requirement.Command("ip", "iproute2");
    private readonly string _prefix = $"hpn-{Environment.ProcessId}-{Interlocked.Increment(ref _made)}-";
    private readonly string _hostsFile;
    private readonly List<VirtualHost> _hosts = [];

    private VirtualNetwork(string hostsFile) => _hostsFile = hostsFile;

    private string Switch => _prefix + "switch";

    /// <param name="names">What the hosts' own files of names say: address and names, as in /etc/hosts.</param>
    public static async Task<VirtualNetwork> CreateAsync(params string[] names)
    {
        Requirement.Linux();
        Requirement.Command("nft", "nftables");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it makes network namespaces");
        var made = new VirtualNetwork(string.Join('\n', ["127.0.0.1 localhost", .. names, ""]));
        var first = await CommandResult.OfAsync(made._ip, "netns", "add", made.Switch);
        Assert.SkipWhen(first.ExitCode != 0, $"needs the right to make network namespaces (CAP_SYS_ADMIN): {first.Output}");
        await made.SwitchAsync("link", "add", "bridge", "type", "bridge");
        await made.SwitchAsync("link", "set", "bridge", "up");
        return made;
    }

    /// <summary>Adds a host and connects it.</summary>
    public async Task<VirtualHost> AddAsync(string name, string address)
    {
        var host = new VirtualHost(_ip, _prefix + name, Switch, name, address);
        await IpAsync("netns", "add", host.Namespace);
        _hosts.Add(host);
        Directory.CreateDirectory(host.Folder);
        await File.WriteAllTextAsync(Path.Combine(host.Folder, "hosts"), _hostsFile);
        await SwitchAsync("link", "add", name, "type", "veth", "peer", "name", "eth0", "netns", host.Namespace);
        await SwitchAsync("link", "set", name, "master", "bridge", "up");
        await IpAsync("-n", host.Namespace, "link", "set", "lo", "up");
        await IpAsync("-n", host.Namespace, "address", "add", $"{address}/24", "dev", "eth0");
        await IpAsync("-n", host.Namespace, "link", "set", "eth0", "up");
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        // The cables go with the namespaces that hold their ends.
        foreach (var host in _hosts)
        {
            await CommandResult.OfAsync(_ip, "netns", "delete", host.Namespace);
            Directory.Delete(host.Folder, recursive: true);
        }

        await CommandResult.OfAsync(_ip, "netns", "delete", Switch);
    }

    private Task SwitchAsync(params string[] arguments) => IpAsync(["-n", Switch, .. arguments]);

    private async Task IpAsync(params string[] arguments)
        => (await CommandResult.OfAsync(_ip, arguments)).ExpectSuccess($"ip {string.Join(' ', arguments)}");
}
