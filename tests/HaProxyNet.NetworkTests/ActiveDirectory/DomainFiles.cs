using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.Tests.Tls.Certificates;

namespace HaProxyNet.NetworkTests.ActiveDirectory;

/// <summary>What the controllers of a domain have in common, and their settings.</summary>
internal sealed class DomainFiles : IDisposable
{
    public const string Realm = "CORP.EXAMPLE";
    public const string Domain = "CORP";
    public const string DnsName = "corp.example";
    public const string Suffix = "DC=corp,DC=example";
    public const string Administrator = "administrator";
    public const string Password = "Correct-Horse-1";

    /// <summary>The ports that Samba serves. 9389 (Active Directory web services) is Windows' alone.</summary>
    public static readonly int[] Ports = [88, 389, 464, 636, 3268, 3269];

    private static readonly DateTimeOffset _today = TimeProvider.System.GetUtcNow();

    private readonly ScratchFolder _folder = new();

    public DomainFiles()
    {
        var authority = TestAuthority.Root("Corporate Root");
        using var certificate = authority.Issue(
            "ldap.corp.example",
            ["ldap.corp.example", "dc1.corp.example", "dc2.corp.example"],
            from: _today.AddDays(-1),
            to: _today.AddDays(30));
        _folder.Write("ca.pem", authority.Certificate.ExportCertificatePem());
        _folder.Write("controller.pem", certificate.ExportCertificatePem());
        var key = _folder.Write("controller.key", TestAuthority.KeyPem(certificate));

        // Samba takes no key that others may read.
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        FirstControllerOnly = _folder.Write("first.krb5.conf", $$"""
            [libdefaults]
              default_realm = {{Realm}}
              dns_lookup_kdc = false
              rdns = false
            [realms]
              {{Realm}} = {
                kdc = 10.30.0.11
              }

            """);
    }

    public string CaFile => _folder.File("ca.pem");

    /// <summary>Kerberos settings of the controllers themselves: they know the first one by its address.</summary>
    public string FirstControllerOnly { get; }

    public string FolderOf(string name) => Directory.CreateDirectory(_folder.File(name)).FullName;

    public string JoinSettings(string name) => _folder.Write($"{name}.join.conf", $"""
        [global]
        netbios name = {name.ToUpperInvariant()}
        workgroup = {Domain}
        realm = {Realm}
        server role = auto

        """);

    /// <summary>Settings with every path in the controller's folder, and no more services than this test asks.</summary>
    public string ServerSettings(string name, string folder) => _folder.Write($"{name}.smb.conf", $"""
        [global]
        netbios name = {name.ToUpperInvariant()}
        workgroup = {Domain}
        realm = {Realm}
        server role = active directory domain controller
        server services = rpc, ldap, cldap, kdc, drepl
        private dir = {folder}/private
        state directory = {folder}/state
        cache directory = {folder}/cache
        lock directory = {folder}
        binddns dir = {folder}/bind-dns
        pid directory = {Directory.CreateDirectory(Path.Combine(folder, "run")).FullName}
        ncalrpc dir = {folder}/run/ncalrpc
        winbindd socket directory = {folder}/run/winbindd
        ntp signd socket directory = {folder}/run/ntp
        log file = {folder}/log
        tls cafile = {CaFile}
        tls certfile = {_folder.File("controller.pem")}
        tls keyfile = {_folder.File("controller.key")}

        """);

    public void Dispose() => _folder.Dispose();
}
