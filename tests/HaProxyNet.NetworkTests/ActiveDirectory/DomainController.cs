using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.ActiveDirectory;

/// <summary>Samba's domain controller on a host of its own, with its database in a folder of the test.</summary>
internal sealed class DomainController(VirtualHost host, string folder, DomainFiles files) : IAsyncDisposable
{
    private readonly string _samba = Requirement.Command("samba", "samba-ad-dc");
    private readonly string _unshare = Requirement.Command("unshare", "util-linux");
    private readonly string _registration = Requirement.Command("samba_spnupdate", "samba-ad-dc");
    private ProcessUnderTest? _process;

    public VirtualHost Host => host;

    private string Settings => files.ServerSettings(host.Name, folder);

    /// <summary>The first controller: it makes the domain.</summary>
    public async Task MakeDomainAsync()
    {
        await ToolAsync(
            "domain", "provision", "--realm", DomainFiles.Realm, "--domain", DomainFiles.Domain, "--server-role=dc",
            "--dns-backend=SAMBA_INTERNAL", "--adminpass", DomainFiles.Password, "--host-name", host.Name, "--host-ip", host.Address,
            "--targetdir", folder);
        await RegisterAsync();
    }

    /// <summary>Another controller: it copies the domain of one that runs.</summary>
    public async Task JoinAsync(DomainController other)
    {
        var join = files.JoinSettings(host.Name);
        await ToolAsync(
            "domain", "join", DomainFiles.DnsName, "DC", "-s", join, "-U", DomainFiles.Administrator, "--password", DomainFiles.Password,
            "--use-kerberos=required", "--server", $"{other.Host.Name}.{DomainFiles.DnsName}", "--dns-backend=SAMBA_INTERNAL",
            "--targetdir", folder);
        await RegisterAsync();
    }

    public async Task StartAsync()
    {
        // In a namespace of process ids: its many processes end with it. A standard input that is a pipe, and ends, would end it at once.
        _process = host.Start(
            $"samba on {host.Name}", _unshare, "--pid", "--fork", "--kill-child", "sh", "-c", "exec \"$0\" \"$@\" </dev/null",
            _samba, "--interactive", "--model=prefork", "--no-process-group", "-s", Settings, "-d", "1");
        await Eventually.HoldsAsync(
            async () => _process.HasExited
                ? throw new InvalidOperationException($"samba on {host.Name} has ended:\n{_process.Text}")
                : await IsListeningAsync(),
            () => $"samba on {host.Name} listens:\n{_process.Text}",
            TimeSpan.FromMilliseconds(200));
    }

    /// <summary>A test that failed may have left it dead.</summary>
    public Task EnsureStartedAsync() => _process is null ? StartAsync() : Task.CompletedTask;

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        await _process!.DisposeAsync();
        _process = null;
    }

    /// <summary>A command of samba-tool on its own database.</summary>
    public Task<string> OwnAsync(params string[] command) => ToolAsync([.. command, "-s", Settings]);

    /// <summary>An attribute of a user as this controller alone has it.</summary>
    public async Task<int> BadPasswordsAsync(string user)
    {
        var shown = await OwnAsync("user", "show", user, "--attributes=badPwdCount");
        var line = shown.Split('\n').FirstOrDefault(line => line.StartsWith("badPwdCount: ", StringComparison.Ordinal));
        return line is null ? 0 : int.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
        }
    }

    /// <summary>Its service principals, ldap/NAME among them, which it would register by itself a while after its start.</summary>
    private async Task RegisterAsync() => (await host.RunAsync(_registration, "-s", Settings)).ExpectSuccess("samba_spnupdate");

    private async Task<bool> IsListeningAsync()
    {
        var sockets = await host.RunAsync(Requirement.Command("ss", "iproute2"), "-Hltn");
        return DomainFiles.Ports.All(port => sockets.Output.Contains($"0.0.0.0:{port} ", StringComparison.Ordinal));
    }

    private async Task<string> ToolAsync(params string[] command)
    {
        var result = await host.RunAsync(
            ["env", $"KRB5_CONFIG={files.FirstControllerOnly}", Requirement.Command("samba-tool", "samba-ad-dc"), .. command]);
        result.ExpectSuccess($"samba-tool {command[0]} {command[1]}");
        return result.Output;
    }
}
