using System.Diagnostics;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>sssd knows one URI and keeps its connection open: users are found while the directory that it is connected to dies.</summary>
public sealed class SssdTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task Sssd_OneUri_FindsUsersWhilePrimaryIsKilledAndStopped(string engine)
    {
        await using var lab = await DirectoryLab.StartAsync(engine);
        await using var sssd = await SssdClient.StartAsync(lab.ClientHost, lab.CaFile);
        await FoundAsync(engine, sssd, "alice", "by the primary");

        await lab.Primary.KillAsync();
        await FoundAsync(engine, sssd, "bob", "primary killed");

        await lab.Primary.StartAsync();
        await lab.Proxy.IsActiveAsync("ldap", "primary");
        await FoundAsync(engine, sssd, "carol", "primary returned");

        lab.Primary.Stop();
        lab.Servers[1].Stop();
        await FoundAsync(engine, sssd, "dave", "primary and first backup stopped");
        lab.Proxy.ExpectCleanLog();
    }

    /// <summary>
    /// sssd itself may be offline for a moment after its start, or after a connection was cut: then the system asks again.
    /// </summary>
    private async Task FoundAsync(string engine, SssdClient sssd, string user, string when)
    {
        var (start, questions) = (Stopwatch.GetTimestamp(), 0);
        await Eventually.HoldsAsync(
            async () =>
            {
                questions++;
                return (await sssd.UserAsync(user)).Output.StartsWith($"{user}:", StringComparison.Ordinal);
            },
            () => $"sssd finds {user} ({when}):\n{sssd.Text}",
            TimeSpan.FromMilliseconds(100));
        output.WriteLine(
            $"{engine}: {when}: found after {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms, asked {questions} times");
    }
}
