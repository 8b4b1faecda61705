using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>samples/LdapWithBackups as a whole: three directories, the proxy in front of them, and a client that knows one name.</summary>
internal sealed class DirectoryLab : IAsyncDisposable
{
    public const string Sample = "LdapWithBackups";

    private readonly ScratchFolder _folder = new();
    private readonly DirectoryFiles _files;
    private readonly VirtualNetwork _network;

    private DirectoryLab(DirectoryFiles files, VirtualNetwork network) => (_files, _network) = (files, network);

    /// <summary>The primary and the two backups, in the order of the configuration.</summary>
    public List<SlapdServer> Servers { get; } = [];

    public SlapdServer Primary => Servers[0];

    public SampleProxy Proxy { get; private set; } = null!;

    public VirtualHost ClientHost { get; private set; } = null!;

    public LdapClient Client { get; private set; } = null!;

    public string CaFile => _files.CaFile;

    public static async Task<DirectoryLab> StartAsync(string engine, bool withBlobs = false)
    {
        var files = await DirectoryFiles.MakeAsync(withBlobs);
        var lab = new DirectoryLab(files, await VirtualNetwork.CreateAsync("10.20.0.2 ldap.corp.example"));
        try
        {
            await lab.BuildAsync(engine);
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Proxy is not null)
        {
            await Proxy.DisposeAsync();
        }

        foreach (var server in Servers)
        {
            await server.DisposeAsync();
        }

        await _network.DisposeAsync();
        _files.Dispose();
        _folder.Dispose();
    }

    private async Task BuildAsync(string engine)
    {
        foreach (var number in (int[])[1, 2, 3])
        {
            Servers.Add(await SlapdServer.StartedAsync(await _network.AddAsync($"ldap{number}", $"10.20.0.1{number}"), _files));
        }

        ClientHost = await _network.AddAsync("client", "10.20.0.50");
        Client = new(ClientHost, CaFile);
        File.Copy(CaFile, _folder.File("ca.pem"));
        Proxy = await SampleProxy.StartAsync(await _network.AddAsync("proxy", "10.20.0.2"), _folder, Sample, engine, "ldaps");
    }
}
