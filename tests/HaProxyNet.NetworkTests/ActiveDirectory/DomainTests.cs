using System.Diagnostics;
using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Ldap;

namespace HaProxyNet.NetworkTests.ActiveDirectory;

/// <summary>samples/ActiveDirectory with Samba's domain controllers, MIT Kerberos and OpenLDAP's clients.</summary>
public sealed class DomainTests(TestDomain domain, ITestOutputHelper output) : IClassFixture<TestDomain>
{
    private const string Ldap = "ldap://ldap.corp.example";
    private const string Ldaps = "ldaps://ldap.corp.example";
    private const string OneUser = "(sAMAccountName=Administrator)";
    private const int Before = 10;

    private static readonly TimeSpan _clientsTimeOut = TimeSpan.FromSeconds(15);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Commands_EachPort_IsAnsweredByTheFirstController(string engine)
    {
        await using var lab = await domain.ProxyAsync(engine);
        await lab.Proxy.IsActiveAsync("ldap", "dc1");

        (await domain.Client.KinitAsync(DomainFiles.Administrator, DomainFiles.Password)).ExpectSuccess("kinit");
        Finds(await domain.Client.SearchWithTicketAsync(Ldap, OneUser, "cn"));
        foreach (var form in (string[][])[[Ldap, "-ZZ"], [Ldaps], [$"{Ldap}:3268", "-ZZ"], [$"{Ldaps}:3269"]])
        {
            Finds(await domain.Client.SearchAsync(form[0], [.. form[1..], OneUser, "cn"]));
        }

        var changed = await domain.Client.ChangePasswordAsync(TestDomain.User, DomainFiles.Password, "Battery-Staple-1");
        changed.ExpectSuccess("kpasswd");
        await domain.First.OwnAsync("user", "setpassword", TestDomain.User, "--newpassword", DomainFiles.Password);
        var metrics = await lab.Proxy.MetricsAsync();
        Assert.Equal(12, metrics.Sum("destination_up") - metrics.Sum("destination_up", ("cluster", "adws")));
        lab.Proxy.ExpectCleanLog();
    }

    /// <summary>What a controller counts for the lock-out: one mistake of a user is one bind, on one controller.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task WrongPassword_IsCountedOnceByOneController(string engine)
    {
        await using var lab = await domain.ProxyAsync(engine);
        await lab.Proxy.IsActiveAsync("ldap", "dc1");
        var before = await domain.First.BadPasswordsAsync(TestDomain.User);

        foreach (var form in (string[][])[[Ldap, "-ZZ"], [Ldaps], [$"{Ldaps}:3269"]])
        {
            var refused = await domain.Client.BindAsync(
                form[0], $"{TestDomain.User}@{DomainFiles.DnsName}", "wrong", [.. form[1..], OneUser]);
            Assert.Equal(49, refused.ExitCode);
        }

        Assert.Equal(before + 3, await domain.First.BadPasswordsAsync(TestDomain.User));
        Assert.Equal(0, await domain.Second.BadPasswordsAsync(TestDomain.User));
    }

    /// <summary>What a controller refuses reaches the client as the controller says it.</summary>
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task PasswordWithoutTls_TheControllersRefusalReachesTheClient(string engine)
    {
        await using var lab = await domain.ProxyAsync(engine);

        var refused = await domain.Client.SearchAsync(Ldap, OneUser);

        Assert.Equal(8, refused.ExitCode);
        Assert.Contains("Transport encryption required", refused.Output, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task FirstController_KilledAndReturned_PasswordsAndTicketsGoOn(string engine)
    {
        await domain.First.EnsureStartedAsync();
        await using var lab = await domain.ProxyAsync(engine);
        await lab.Proxy.IsActiveAsync("ldaps", "dc1");
        await using var load = new LdapLoad(number => domain.Client.SearchAsync(Ldaps, $"(description=op-{number})", "1.1"));
        load.Start();
        await DoneAsync(load, Before);
        load.Take();

        var start = Stopwatch.GetTimestamp();
        await domain.First.KillAsync();
        foreach (var cluster in (string[])["ldap", "ldaps", "kerberos", "kpasswd", "gc", "gc-ssl"])
        {
            await lab.Proxy.IsActiveAsync(cluster, "dc2");
        }

        var found = Stopwatch.GetElapsedTime(start);
        (await domain.Client.KinitAsync(DomainFiles.Administrator, DomainFiles.Password)).ExpectSuccess("kinit at the second controller");
        await FindsAsync(() => domain.Client.SearchAsync($"{Ldaps}:3269", OneUser, "cn"));

        // The proxy's name is a principal of the first controller's account: the second one cannot read the ticket.
        Assert.NotEqual(0, (await domain.Client.SearchWithTicketAsync(Ldap, OneUser, "cn")).ExitCode);
        await load.ThoseUnderWayAsync();
        var away = load.Take();

        await domain.First.StartAsync();
        await lab.Proxy.IsActiveAsync("ldap", "dc1");
        await lab.Proxy.IsActiveAsync("kerberos", "dc1");
        await DoneAsync(load, load.Done + Before);
        await load.FinishAsync();
        var back = load.Take();

        output.WriteLine($"{engine}: dc1 killed: found after {found.TotalMilliseconds:F0} ms; {away}");
        output.WriteLine($"{engine}: dc1 returned: {back}");
        Assert.InRange(away.LongestWait, TimeSpan.Zero, _clientsTimeOut);
        Assert.Equal(0, back.Failed);
        lab.Proxy.ExpectCleanLog();
    }

    /// <summary>A controller that is late on a busy machine is not asked once and for all.</summary>
    private static Task FindsAsync(Func<Task<CommandResult>> search)
    {
        CommandResult? last = null;
        return Eventually.HoldsAsync(
            async () => (last = await search()) is { ExitCode: 0 } found
                && found.Output.Contains("cn: Administrator", StringComparison.Ordinal),
            () => $"it is found; the last answer was:\n{last?.Output}");
    }

    private static void Finds(CommandResult result)
    {
        result.ExpectSuccess("ldapsearch");
        Assert.Contains("cn: Administrator", result.Output, StringComparison.Ordinal);
    }

    private static Task DoneAsync(LdapLoad load, int count)
        => Eventually.HoldsAsync(() => load.Done >= count, () => $"{count} searches end");
}
