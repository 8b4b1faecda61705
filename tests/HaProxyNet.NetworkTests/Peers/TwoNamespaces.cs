using System.Globalization;
using System.Net.Sockets;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>
/// Two network namespaces and a cable between them, made by the test and gone with it: the near one has the proxy, its clients and the
/// secondary; the far one has the primary, whose packets can be dropped and connects refused. The machine's own network is not touched.
/// </summary>
internal sealed class TwoNamespaces : IAsyncDisposable
{
    public const string FarAddress = "10.213.77.2";

    public const string NearAddress = "10.213.77.1";

    private static int _made;

    private readonly string _ip = Requirement.Command("ip", "iproute2");
    private readonly string _nft = Requirement.Command("nft", "nftables");
    private readonly string _near;
    private readonly string _far;

    private TwoNamespaces()
    {
        var own = $"{Environment.ProcessId}-{Interlocked.Increment(ref _made)}";
        (_near, _far) = ($"hpn-near-{own}", $"hpn-far-{own}");
    }

    /// <summary>What runs a command in the near namespace.</summary>
    public string[] Near => [_ip, "netns", "exec", _near];

    /// <summary>What runs a command in the far namespace.</summary>
    public string[] Far => [_ip, "netns", "exec", _far];

    public static async Task<TwoNamespaces> CreateAsync()
    {
        Requirement.Linux();
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: it makes network namespaces and drops packets in them");
        var made = new TwoNamespaces();
        var first = await CommandResult.OfAsync(made._ip, "netns", "add", made._near);
        Assert.SkipWhen(first.ExitCode != 0, $"needs the right to make network namespaces (CAP_SYS_ADMIN): {first.Output}");
        try
        {
            await made.ConnectAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on no packet to these ports of the far side is answered, as when a machine has lost its power.</summary>
    public Task DropAsync(params int[] ports) => FilterAsync("tcp", "dport", $"{{ {string.Join(", ", ports)} }}", "drop");

    /// <summary>From now on connects to this port of the far side are refused, as when nobody listens; what is connected goes on.</summary>
    public Task RefuseAsync(int port)
        => FilterAsync("tcp", "dport", $"{port}", "tcp", "flags", "syn / syn,ack", "reject", "with", "tcp", "reset");

    /// <summary>From now on the far side's resolver swallows every question.</summary>
    public Task SilenceNamesAsync() => FilterAsync("udp", "dport", "53", "drop");

    /// <summary>What runs a command with the far side as its only resolver; it goes between <see cref="Near"/> and the command.</summary>
    public string[] SilentNames(ScratchFolder folder)
    {
        var unshare = Requirement.Command("unshare", "util-linux");
        var resolver = folder.Write("resolv.conf", $"nameserver {FarAddress}\n");
        return [unshare, "-m", "sh", "-c", $"mount --bind {resolver} /etc/resolv.conf && exec \"$@\"", "sh"];
    }

    /// <summary>A socket of this process that lives in the near namespace.</summary>
    public Socket SocketNear() => NamespaceSockets.Create(_near);

    /// <summary>A socket of this process that lives in the far namespace.</summary>
    public Socket SocketFar() => NamespaceSockets.Create(_far);

    /// <summary>Packets pass again.</summary>
    public Task LetPassAsync() => FarAsync(_nft, "delete", "table", "inet", "hole");

    /// <summary>From now on the connection attempts to this port of the far side, and the resets, are counted as they come in.</summary>
    public async Task CountAsync(int port)
    {
        await FarAsync(_nft, "add", "table", "inet", "watch");
        await FarAsync(_nft, "add", "counter", "inet", "watch", "syns");
        await FarAsync(_nft, "add", "counter", "inet", "watch", "resets");
        await FarAsync(_nft, "add", "chain", "inet", "watch", "in", "{ type filter hook input priority -10 ; }");
        await FarAsync(
            _nft, "add", "rule", "inet", "watch", "in", $"tcp dport {port} tcp flags & (fin | syn | rst | ack) == syn counter name syns");
        await FarAsync(_nft, "add", "rule", "inet", "watch", "in", $"tcp dport {port} tcp flags & rst == rst counter name resets");
    }

    /// <summary>What was counted so far: <c>syns</c> or <c>resets</c>.</summary>
    public async Task<int> CountedAsync(string counter)
    {
        var listed = await CommandResult.OfAsync(Far[0], [.. Far[1..], _nft, "list", "counter", "inet", "watch", counter]);
        var words = listed.Output.Split([' ', '\n', '\t'], StringSplitOptions.RemoveEmptyEntries);
        return int.Parse(words[Array.IndexOf(words, "packets") + 1], CultureInfo.InvariantCulture);
    }

    /// <summary>
    /// From now on the near side has a route of this kind to the far one: its kernel ends connects at once, as a router's ICMP would.
    /// </summary>
    public Task MakeUnreachableAsync(string kind = "unreachable") => IpAsync("-n", _near, "route", "add", kind, $"{FarAddress}/32");

    public async ValueTask DisposeAsync()
    {
        // The cable goes with the namespaces that hold its ends.
        foreach (var name in (string[])[_near, _far])
        {
            await CommandResult.OfAsync(_ip, "netns", "delete", name);
        }
    }

    private async Task ConnectAsync()
    {
        await IpAsync("netns", "add", _far);
        await IpAsync("-n", _near, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", _far);
        await SetUpAsync(_near, NearAddress);
        await SetUpAsync(_far, FarAddress);
    }

    private async Task SetUpAsync(string name, string address)
    {
        await IpAsync("-n", name, "link", "set", "lo", "up");
        await IpAsync("-n", name, "address", "add", $"{address}/30", "dev", "cable");
        await IpAsync("-n", name, "link", "set", "cable", "up");
    }

    private async Task FilterAsync(params string[] rule)
    {
        await FarAsync(_nft, "add", "table", "inet", "hole");
        await FarAsync(_nft, "add", "chain", "inet", "hole", "in", "{ type filter hook input priority 0 ; }");
        await FarAsync([_nft, "add", "rule", "inet", "hole", "in", .. rule]);
    }

    private async Task IpAsync(params string[] arguments)
        => (await CommandResult.OfAsync(_ip, arguments)).ExpectSuccess($"ip {string.Join(' ', arguments)}");

    private async Task FarAsync(params string[] command)
        => (await CommandResult.OfAsync(Far[0], [.. Far[1..], .. command])).ExpectSuccess(string.Join(' ', command));
}
