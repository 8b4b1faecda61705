using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Ldap;

/// <summary>A paged search of 100 MB belongs to its connection: at a failback it goes on where it began, to its last page.</summary>
public sealed class PagedSearchTests(ITestOutputHelper output)
{
    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task PagedSearch_FailbackMeanwhile_EveryEntryArrives(string engine)
    {
        await using var lab = await DirectoryLab.StartAsync(engine, withBlobs: true);
        await lab.Primary.KillAsync();
        await lab.Proxy.IsActiveAsync("ldap", "backup1");
        using var folder = new ScratchFolder();
        var hurry = folder.File("hurry");

        // Slow until the failback has happened, as fast as can be from then on.
        await using var search = lab.Client.Shell($$"""
            ldapsearch -x -H {{LdapClient.Plain}} -LLL -o ldif-wrap=no -E pr=100/noprompt -b {{DirectoryFiles.BlobsBase}} \
              -s one '(ou=blob*)' description |
            { while [ ! -e {{hurry}} ]; do dd bs=64k count=1 iflag=fullblock 2>/dev/null; sleep 0.02; done; cat; } |
            tee {{folder.File("all")}} | grep -c '^dn:'
            """);
        await Eventually.HoldsAsync(
            () => new FileInfo(folder.File("all")) is { Exists: true, Length: > 1_000_000 },
            () => $"the search is under way:\n{search.Text}");
        await lab.Primary.StartAsync();
        await lab.Proxy.IsActiveAsync("ldap", "primary");
        var atFailback = new FileInfo(folder.File("all")).Length;
        await File.WriteAllTextAsync(hurry, "");
        Assert.Equal(0, await search.EndAsync(TimeSpan.FromMinutes(3)));

        var bytes = new FileInfo(folder.File("all")).Length;
        output.WriteLine($"{engine}: {bytes / 1e6:F0} MB in pages of 100 entries, {atFailback / 1e6:F1} MB of them before the failback; "
            + $"entries={search.Text.Trim()}");
        Assert.Equal($"{DirectoryFiles.Blobs}", search.Text.Trim());
        Assert.DoesNotContain(lab.Primary.Log, line => line.Contains("blob", StringComparison.Ordinal));
        lab.Proxy.ExpectCleanLog();
    }
}
