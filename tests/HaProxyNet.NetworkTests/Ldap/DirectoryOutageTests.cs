using System.Diagnostics;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>
/// samples/LdapWithBackups while ten searches a second run: the primary is killed, stopped, vanishes, and comes back each time. How long
/// clients waited is printed; what is asserted is that no search was sent twice, and that a client with a time-out of 15 s never has to use
/// it.
/// </summary>
public sealed class DirectoryOutageTests(ITestOutputHelper output)
{
    private const int Before = 20;
    private static readonly TimeSpan _clientsTimeOut = TimeSpan.FromSeconds(15);

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Primary_KilledStoppedVanishedAndReturned_NoSearchIsRepeated(string engine)
    {
        await using var lab = await DirectoryLab.StartAsync(engine);
        await using var load = new LdapLoad(number => lab.Client.SearchAsync(
            LdapClient.Plain, "-LLL", "-b", DirectoryFiles.Alice, "-s", "base", $"(description=op-{number})", "1.1"));
        load.Start();
        await DoneAsync(load, Before);

        await OutageAsync(engine, lab, load, "killed", lab.Primary.KillAsync, lab.Primary.StartAsync);
        await OutageAsync(engine, lab, load, "stopped", () => Do(lab.Primary.Stop), () => Do(lab.Primary.Continue));
        await OutageAsync(engine, lab, load, "vanished", lab.Primary.Host.VanishAsync, lab.Primary.Host.ReappearAsync);
        await load.FinishAsync();

        var repeated = lab.Servers.SelectMany(server => server.Searches).GroupBy(search => search, StringComparer.Ordinal)
            .Count(sent => sent.Count() > 1);
        output.WriteLine($"{engine}: repeated={repeated}");
        Assert.Equal(0, repeated);
        lab.Proxy.ExpectCleanLog();
    }

    private async Task OutageAsync(string engine, DirectoryLab lab, LdapLoad load, string what, Func<Task> begin, Func<Task> end)
    {
        load.Take();
        var start = Stopwatch.GetTimestamp();
        await begin();
        await lab.Proxy.IsActiveAsync("ldap", "backup1");
        var found = Stopwatch.GetElapsedTime(start);
        await lab.Proxy.IsActiveAsync("ldaps", "backup1");
        await DoneAsync(load, load.Done + Before);

        // Those that the primary has taken and not answered end later, and belong to this outage.
        await load.ThoseUnderWayAsync();
        var away = load.Take();

        start = Stopwatch.GetTimestamp();
        await end();
        await lab.Proxy.IsActiveAsync("ldap", "primary");
        await lab.Proxy.IsActiveAsync("ldaps", "primary");
        var returned = Stopwatch.GetElapsedTime(start);
        await DoneAsync(load, load.Done + Before);
        var back = load.Take();

        output.WriteLine($"{engine}: primary {what}: found after {found.TotalMilliseconds:F0} ms; {away}");
        output.WriteLine($"{engine}: primary returned: used after {returned.TotalMilliseconds:F0} ms; {back}");
        Assert.InRange(found, TimeSpan.Zero, _clientsTimeOut);
        Assert.InRange(away.LongestWait, TimeSpan.Zero, _clientsTimeOut);
        Assert.Equal(0, back.Failed);
    }

    private static Task DoneAsync(LdapLoad load, int count)
        => Eventually.HoldsAsync(() => load.Done >= count, () => $"{count} searches end");

    private static Task Do(Action action)
    {
        action();
        return Task.CompletedTask;
    }
}
