using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>
/// sssd on a client's host, with one URI: the proxy's. It keeps a connection open, where the commands make a new one each time. Its folders
/// are its own (a mount namespace), so an sssd of this machine is not touched.
/// </summary>
internal sealed class SssdClient : IAsyncDisposable
{
    private const string Files = "/var/lib/sss /var/log/sssd /run";

    private readonly string _nsenter = Requirement.Command("nsenter", "util-linux");
    private readonly ProcessUnderTest _process;

    private SssdClient(ProcessUnderTest process) => _process = process;

    public string Text => _process.Text;

    public static async Task<SssdClient> StartAsync(VirtualHost host, string caFile)
    {
        Requirement.Command("sssd", "sssd-common sssd-ldap libnss-sss");
        Assert.SkipUnless(Directory.Exists("/etc/sssd"), "needs /etc/sssd, which apt-get install sssd-common makes");
        var folder = Directory.CreateDirectory(Path.Combine(host.Folder, "sssd")).FullName;
        await WriteAsync(Path.Combine(folder, "sssd.conf"), $"""
            [sssd]
            services = nss
            domains = corp
            [nss]
            memcache_timeout = 0
            [domain/corp]
            id_provider = ldap
            auth_provider = none
            ldap_uri = {LdapClient.Plain}
            ldap_search_base = {DirectoryFiles.Suffix}
            ldap_id_use_start_tls = true
            ldap_tls_cacert = {caFile}
            offline_timeout = 5
            offline_timeout_random_offset = 0

            """);
        return new SssdClient(host.Start("sssd", "unshare", "-m", "sh", "-c", $"""
            for place in {Files}; do mount -t tmpfs tmpfs $place || exit 1; done
            mkdir -p /run/sssd /var/lib/sss/db /var/lib/sss/mc /var/lib/sss/pipes/private /var/lib/sss/pubconf /var/lib/sss/secrets
            exec sssd -i -d 2
            """));
    }

    /// <summary>What a program on the host gets when it asks the system for a user.</summary>
    public async Task<CommandResult> UserAsync(string name)
        => await CommandResult.OfAsync(_nsenter, "-t", $"{_process.Id}", "-m", "-n", "getent", "-s", "sss", "passwd", name);

    public async ValueTask DisposeAsync()
    {
        _process.Send(Signal.Terminate);
        await _process.EndAsync();
        await _process.DisposeAsync();
    }

    /// <summary>sssd refuses a configuration that others can read.</summary>
    private static async Task WriteAsync(string path, string text)
    {
        await File.WriteAllTextAsync(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }
}
