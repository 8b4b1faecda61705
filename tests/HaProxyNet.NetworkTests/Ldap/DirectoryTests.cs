using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>samples/LdapWithBackups with OpenLDAP's server and its clients: each form in which a directory is asked.</summary>
public sealed class DirectoryTests
{
    private static readonly string[] _alice = ["-D", DirectoryFiles.Alice, "-w", DirectoryFiles.Password];

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Commands_PlainStartTlsAndLdaps_AreAnsweredByThePrimary(string engine)
    {
        await using var lab = await DirectoryLab.StartAsync(engine);

        foreach (var form in (string[][])[[LdapClient.Plain], [LdapClient.Plain, "-ZZ"], [LdapClient.Tls]])
        {
            var found =
                await lab.Client.SearchAsync(form[0], [.. form[1..], .. _alice, "-LLL", "-b", DirectoryFiles.Suffix, "(uid=alice)", "sn"]);
            found.ExpectSuccess($"ldapsearch {string.Join(' ', form)}");
            Assert.Contains("sn: Liddell", found.Output, StringComparison.Ordinal);

            var who = await lab.Client.WhoAmIAsync(form[0], [.. form[1..], .. _alice]);
            who.ExpectSuccess($"ldapwhoami {string.Join(' ', form)}");
            Assert.Contains($"dn:{DirectoryFiles.Alice}", who.Output, StringComparison.Ordinal);
        }

        Assert.Equal([6, 0, 0], lab.Servers.Select(server => server.BindsOf(DirectoryFiles.Alice)));
        lab.Proxy.ExpectCleanLog();
    }

    /// <summary>Three wrong passwords lock an account in many a directory: one mistake of a user must be one bind.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task WrongPassword_OneBindOnOneServer(string engine)
    {
        await using var lab = await DirectoryLab.StartAsync(engine);

        foreach (var form in (string[][])[[LdapClient.Plain], [LdapClient.Plain, "-ZZ"], [LdapClient.Tls]])
        {
            var who = await lab.Client.WhoAmIAsync(form[0], [.. form[1..], "-D", DirectoryFiles.Alice, "-w", "wrong"]);
            Assert.Equal(49, who.ExitCode);
            Assert.Contains("Invalid credentials", who.Output, StringComparison.Ordinal);
        }

        Assert.Equal([3, 0, 0], lab.Servers.Select(server => server.BindsOf(DirectoryFiles.Alice)));
        Assert.Equal(1, (await lab.Proxy.MetricsAsync()).Sum("active_destination", ("cluster", "ldap"), ("destination", "primary")));
    }

    /// <summary>
    /// The certificate is of an authority that this system does not know: the client knows it from its file, the proxy passes it
    /// through.
    /// </summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task CorporateAuthority_UnknownToTheSystem_ProbesAndClientsGoOn(string engine)
    {
        await using var lab = await DirectoryLab.StartAsync(engine);

        var untrusting = new LdapClient(lab.ClientHost, "/dev/null");
        var refused = await untrusting.SearchAsync(LdapClient.Tls, "-b", "", "-s", "base");
        Assert.NotEqual(0, refused.ExitCode);
        (await lab.Client.SearchAsync(LdapClient.Tls, "-b", "", "-s", "base")).ExpectSuccess("ldapsearch with the authority's file");

        // Idle probes of the LDAPS port have been made by then, and none took the certificate for a fault.
        await Eventually.HoldsAsync(
            async () => (await lab.Proxy.MetricsAsync()).Sum("probes_total", ("cluster", "ldaps"), ("result", "success")) >= 3,
            () => $"each LDAPS port was probed:\n{lab.Proxy.Tail()}",
            TimeSpan.FromMilliseconds(250));
        var metrics = await lab.Proxy.MetricsAsync();
        Assert.Equal(6, metrics.Sum("destination_up"));
        lab.Proxy.ExpectCleanLog();
    }
}
