using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Maintaining;

/// <summary>A real etcd with one member, and its own client. Its data outlive it, so that it can be killed and started again.</summary>
internal sealed class EtcdServer : IAsyncDisposable
{
    // Its log waits for the disk at each write; what is tested here is not the disk.
    private readonly string _data = Directory.CreateDirectory(
        Path.Combine(Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath(), $"haproxynet-etcd-{Guid.NewGuid():N}")).FullName;

    private readonly int _peerPort = FreePorts.Next();
    private readonly string[] _security;
    private ProcessUnderTest? _process;

    private readonly string _listen;

    private EtcdServer(string scheme, string[] security) => (_listen, _security) = ($"{scheme}://127.0.0.1:{FreePorts.Next()}", security);

    /// <summary>With the name that a certificate can bear.</summary>
    public string Url => _listen.Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>Starts it.</summary>
    /// <param name="scheme"><c>http</c> or <c>https</c>.</param>
    /// <param name="security">Its arguments for TLS.</param>
    public static async Task<EtcdServer> StartAsync(string scheme = "http", params string[] security)
    {
        Requirement.Linux();
        var server = new EtcdServer(scheme, security);
        await server.StartAgainAsync();
        return server;
    }

    public async Task StartAgainAsync()
    {
        var peer = $"http://127.0.0.1:{_peerPort}";
        _process = new ProcessUnderTest("etcd", Requirement.Command("etcd", "etcd-server"),
        [
            "--data-dir", _data, "--listen-client-urls", _listen, "--advertise-client-urls", _listen, "--listen-peer-urls", peer,
            "--initial-advertise-peer-urls", peer, "--initial-cluster", $"default={peer}", .. _security,
        ]);
        await _process.HasWrittenAsync("ready to serve client requests");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>Follows all keys from the first revision on.</summary>
    public ProcessUnderTest Watch() => new(
        "etcdctl watch", Requirement.Command("etcdctl", "etcd-client"), ["--endpoints", Url, "watch", "--prefix", "/", "--rev", "1"]);

    /// <summary>A command of its client.</summary>
    public async Task ControlAsync(params string[] arguments)
        => (await CommandResult.OfAsync(Requirement.Command("etcdctl", "etcd-client"), ["--endpoints", Url, .. arguments])).ExpectSuccess(
            string.Join(' ', arguments));

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        Directory.Delete(_data, recursive: true);
    }
}
