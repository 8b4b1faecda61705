using System.Text.RegularExpressions;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>OpenLDAP's server on a host of its own, with the ports 389 and 636 and a log of each operation.</summary>
internal sealed partial class SlapdServer : IAsyncDisposable
{
    /// <summary>What slapd calls "stats": connections, operations, results.</summary>
    private const string LogOperations = "256";

    private readonly string _command = Requirement.Command("slapd");
    private readonly ScratchFolder _folder = new();
    private readonly VirtualHost _host;
    private readonly List<string> _earlier = [];
    private ProcessUnderTest? _process;

    private SlapdServer(VirtualHost host) => _host = host;

    public VirtualHost Host => _host;

    public static async Task<SlapdServer> StartedAsync(VirtualHost host, DirectoryFiles files)
    {
        var server = new SlapdServer(host);
        var database = Directory.CreateDirectory(server._folder.File("database")).FullName;
        File.Copy(files.Database, Path.Combine(database, "data.mdb"));
        server._folder.Write("slapd.conf", files.Configuration(database));
        await server.StartAsync();
        return server;
    }

    public async Task StartAsync()
    {
        _process = _host.Start(
            $"slapd on {_host.Name}", _command, "-d", LogOperations, "-f", _folder.File("slapd.conf"), "-h", "ldap:/// ldaps:///");
        await _process.HasWrittenAsync("slapd starting");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _earlier.AddRange(_process!.Lines);
        await _process.DisposeAsync();
        _process = null;
    }

    public void Stop() => _process!.Send(Signal.Stop);

    public void Continue() => _process!.Send(Signal.Continue);

    /// <summary>The lines of its log, of all its lives.</summary>
    public IEnumerable<string> Log => [.. _earlier, .. _process?.Lines ?? []];

    /// <summary>The binds with this name that it was asked for.</summary>
    public int BindsOf(string name) => Log.Count(line => line.Contains($" BIND dn=\"{name}\" method=128", StringComparison.Ordinal));

    /// <summary>How often it was asked each search of a <see cref="LdapLoad"/>.</summary>
    public IEnumerable<string> Searches
        => Log.Select(line => NumberedSearch().Match(line)).Where(match => match.Success).Select(match => match.Value);

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }

        _folder.Dispose();
    }

    [GeneratedRegex(@"description=op-\d+", RegexOptions.None, 60_000)]
    private static partial Regex NumberedSearch();
}
