using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.ActiveDirectory;

/// <summary>
/// A domain with two controllers, made once for all tests of a class, because that takes half a minute. Each test puts a proxy of its own
/// in front of it.
/// </summary>
public sealed class TestDomain : IAsyncDisposable
{
    /// <summary>A user whose password is tried and changed.</summary>
    internal const string User = "alice";

    private readonly SemaphoreSlim _turn = new(1);
    private readonly DomainFiles _files = new();
    private readonly List<DomainController> _controllers = [];
    private VirtualNetwork? _network;
    private VirtualHost? _proxyHost;

    internal DomainController First => _controllers[0];

    internal DomainController Second => _controllers[1];

    internal DomainClient Client { get; private set; } = null!;

    /// <summary>A proxy with samples/ActiveDirectory; one at a time.</summary>
    internal async Task<DomainProxy> ProxyAsync(string engine)
    {
        await _turn.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _proxyHost ??= await MakeAsync();
            return await DomainProxy.StartAsync(_proxyHost, _files.CaFile, engine);
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var controller in _controllers)
        {
            await controller.DisposeAsync();
        }

        if (_network is not null)
        {
            await _network.DisposeAsync();
        }

        _files.Dispose();
        _turn.Dispose();
    }

    /// <returns>The host for the proxy.</returns>
    private async Task<VirtualHost> MakeAsync()
    {
        Requirement.Command("samba-tool", "samba-ad-dc");
        Assert.SkipUnless(Directory.Exists("/usr/share/samba/setup"), "needs samba's schema: apt-get install samba-ad-provision");
        var network = await VirtualNetwork.CreateAsync(
            "10.30.0.2 ldap.corp.example", "10.30.0.11 dc1.corp.example dc1", "10.30.0.12 dc2.corp.example dc2");
        _network = network;
        foreach (var number in (int[])[1, 2])
        {
            var host = await network.AddAsync($"dc{number}", $"10.30.0.1{number}");
            _controllers.Add(new(host, _files.FolderOf(host.Name), _files));
        }

        Client = new(await network.AddAsync("client", "10.30.0.50"), _files.CaFile, _files.FolderOf("client"));
        await First.MakeDomainAsync();
        await First.OwnAsync(
            "domain", "passwordsettings", "set", "--account-lockout-threshold=100", "--min-pwd-age=0", "--history-length=0");
        await First.OwnAsync("user", "create", User, DomainFiles.Password);

        // The name that clients use belongs to one account: docs/directories.md says what follows from it.
        await First.OwnAsync("spn", "add", "ldap/ldap.corp.example", "DC1$");
        await First.StartAsync();
        await Second.JoinAsync(First);
        await Second.StartAsync();
        return await network.AddAsync("proxy", "10.30.0.2");
    }
}
