using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.ActiveDirectory;

/// <summary>The proxy of samples/ActiveDirectory on a host that others of the lab know as ldap.corp.example.</summary>
internal sealed class DomainProxy : IAsyncDisposable
{
    private readonly ScratchFolder _folder;

    private DomainProxy(ScratchFolder folder, SampleProxy proxy) => (_folder, Proxy) = (folder, proxy);

    public SampleProxy Proxy { get; }

    public static async Task<DomainProxy> StartAsync(VirtualHost host, string caFile, string engine)
    {
        var folder = new ScratchFolder();
        File.Copy(caFile, folder.File("ca.pem"));
        return new(folder, await SampleProxy.StartAsync(host, folder, "ActiveDirectory", engine, "kpasswd"));
    }

    public async ValueTask DisposeAsync()
    {
        await Proxy.DisposeAsync();
        _folder.Dispose();
    }
}
