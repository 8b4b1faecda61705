using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.ActiveDirectory;

/// <summary>MIT Kerberos' and OpenLDAP's commands on a client's host, with the sample's krb5.conf: they know only the name.</summary>
internal sealed class DomainClient(VirtualHost host, string caFile, string folder)
{
    private const string Sh = "sh";
    private readonly string _search = Requirement.Command("ldapsearch", "ldap-utils");
    private readonly string _kinit = Requirement.Command("kinit", "krb5-user");
    private readonly string _kpasswd = Requirement.Command("kpasswd", "krb5-user");

    /// <summary>The administrator, by a password: only over TLS, or the controller refuses.</summary>
    public Task<CommandResult> SearchAsync(string url, params string[] arguments)
        => BindAsync(url, $"{DomainFiles.Administrator}@{DomainFiles.DnsName}", DomainFiles.Password, arguments);

    public Task<CommandResult> BindAsync(string url, string user, string password, params string[] arguments) => RunAsync(
        [_search, "-x", "-LLL", "-H", url, "-o", "nettimeout=15", "-D", user, "-w", password, "-b", DomainFiles.Suffix, .. arguments]);

    /// <summary>The administrator, by a ticket for this host name.</summary>
    public Task<CommandResult> SearchWithTicketAsync(string url, params string[] arguments)
        => RunAsync([_search, "-Y", "GSSAPI", "-N", "-Q", "-LLL", "-H", url, "-b", DomainFiles.Suffix, .. arguments]);

    public Task<CommandResult> KinitAsync(string user, string password)
        => RunAsync([Sh, "-c", "printf '%s\\n' \"$1\" | \"$2\" \"$3\"", Sh, password, _kinit, user]);

    public Task<CommandResult> ChangePasswordAsync(string user, string from, string to) => RunAsync(
        [Sh, "-c", "printf '%s\\n%s\\n%s\\n' \"$1\" \"$2\" \"$2\" | \"$3\" \"$4\"", Sh, from, to, _kpasswd, user]);

    private Task<CommandResult> RunAsync(string[] command) => host.RunAsync(
        [
            "env", $"LDAPTLS_CACERT={caFile}", $"KRB5_CONFIG={BuildOutput.Sample("ActiveDirectory", "krb5.conf")}",
            $"KRB5CCNAME={Path.Combine(folder, "tickets")}", .. command,
        ]);
}
