using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Lab;

/// <summary>A host of a <see cref="VirtualNetwork"/>: what runs on it, and what can happen to its cable.</summary>
internal sealed class VirtualHost(string ip, string ns, string switchNamespace, string name, string address)
{
    private readonly string _nft = Requirement.Command("nft", "nftables");

    public string Name => name;

    public string Address => address;

    public string Namespace => ns;

    /// <summary>Its own files in place of those of /etc: <c>ip netns exec</c> puts them there.</summary>
    public string Folder => Path.Combine("/etc/netns", ns);

    /// <summary>What runs a command on it; the command takes the place of this prefix, so the process id is the command's.</summary>
    public string[] Prefix => [ip, "netns", "exec", ns];

    public ProcessUnderTest Start(string title, params string[] command) => new(title, ip, [.. Prefix[1..], .. command]);

    public Task<CommandResult> RunAsync(params string[] command) => CommandResult.OfAsync(ip, [.. Prefix[1..], .. command]);

    /// <summary>From now on packets to it and from it vanish, as when a machine has lost its power behind a router.</summary>
    public async Task VanishAsync()
    {
        await ExpectAsync(_nft, "add", "table", "inet", "hole");
        foreach (var hook in (string[])["input", "output"])
        {
            await ExpectAsync(_nft, "add", "chain", "inet", "hole", hook, $"{{ type filter hook {hook} priority 0 ; policy drop ; }}");
        }
    }

    /// <summary>From now on it does not see packets of this kind.</summary>
    public async Task IgnoreAsync(params string[] match)
    {
        await ExpectAsync(_nft, "add", "table", "inet", "hole");
        await ExpectAsync(_nft, "add", "chain", "inet", "hole", "input", "{ type filter hook input priority 0 ; }");
        await ExpectAsync([_nft, "add", "rule", "inet", "hole", "input", .. match, "drop"]);
    }

    /// <summary>Packets pass again.</summary>
    public Task ReappearAsync() => ExpectAsync(_nft, "delete", "table", "inet", "hole");

    /// <summary>The switch's end of its cable goes down, and with it the host's own.</summary>
    public async Task UnplugAsync()
        => (await CommandResult.OfAsync(ip, "-n", switchNamespace, "link", "set", name, "down")).ExpectSuccess(
            $"unplugging the cable of {name}");

    private async Task ExpectAsync(params string[] command) => (await RunAsync(command)).ExpectSuccess(string.Join(' ', command));
}
