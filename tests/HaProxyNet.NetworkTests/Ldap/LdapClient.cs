using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>OpenLDAP's commands on a client's host: they know the proxy by its name, and the corporate authority by its file.</summary>
internal sealed class LdapClient(VirtualHost host, string caFile)
{
    public const string Plain = "ldap://ldap.corp.example";
    public const string Tls = "ldaps://ldap.corp.example";

    private static readonly string _search = Requirement.Command("ldapsearch", "ldap-utils");
    private static readonly string _whoAmI = Requirement.Command("ldapwhoami", "ldap-utils");

    /// <summary>A search; <c>-ZZ</c> among the arguments insists on StartTLS.</summary>
    public Task<CommandResult> SearchAsync(string url, params string[] arguments) => RunAsync(_search, url, arguments);

    public Task<CommandResult> WhoAmIAsync(string url, params string[] arguments) => RunAsync(_whoAmI, url, arguments);

    /// <summary>A shell on the client's host, with the same trust.</summary>
    public ProcessUnderTest Shell(string script) => host.Start("client", "env", $"LDAPTLS_CACERT={caFile}", "sh", "-c", script);

    private Task<CommandResult> RunAsync(string command, string url, string[] arguments)
        => host.RunAsync(["env", $"LDAPTLS_CACERT={caFile}", command, "-x", "-H", url, "-o", "nettimeout=15", .. arguments]);
}
