using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.HighAvailability;

/// <summary>keepalived on a node, with the sample's configuration in the place where its package looks for it.</summary>
internal sealed class Keepalived : IAsyncDisposable
{
    private readonly VirtualHost _host;
    private readonly ScratchFolder _folder = new();
    private readonly ProcessUnderTest _process;

    private Keepalived(VirtualHost host, TimeSpan advert)
    {
        _host = host;
        var own = Directory.CreateDirectory(Path.Combine(host.Folder, "keepalived")).FullName;
        Directory.CreateDirectory("/etc/keepalived");
        var configuration = File.ReadAllText(BuildOutput.Sample(Node.Sample, "keepalived.conf"))
            .Replace("advert_int 1\n", $"advert_int {advert.TotalSeconds}\n", StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(own, "keepalived.conf"), configuration);
        _process = host.Start(
            $"keepalived on {host.Name}", Requirement.Command("keepalived"), "--dont-fork", "--log-console", "--log-detail", "--vrrp",
            "--pid", _folder.File("pid"), "--vrrp_pid", _folder.File("vrrp.pid"));
    }

    public string Text => _process.Text;

    public static Keepalived Start(VirtualHost host, TimeSpan advert) => new(host, advert);

    /// <summary>Whether this node has the virtual address.</summary>
    public async Task<bool> HasAsync(string address)
        => (await _host.RunAsync(Requirement.Command("ip", "iproute2"), "-o", "address", "show", "dev", "eth0")).Output.Contains(
            $"inet {address}/", StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _process.Send(Signal.Terminate);
        await _process.EndAsync();
        await _process.DisposeAsync();
        _folder.Dispose();
    }
}
