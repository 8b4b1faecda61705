using HaProxyNet.NetworkTests.Fixture;
using HaProxyNet.NetworkTests.Lab;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.AccessManager;

/// <summary>
/// samples/AccessManagerCluster/http.json: browsers behind one address each keep their member by a cookie, while that is well.
/// </summary>
public sealed class HttpTests(ITestOutputHelper output)
{
    private const string Name = "idp.corp.example";
    private const int Browsers = 6;

    [Theory]
    [MemberData(nameof(Engines.All), MemberType = typeof(Engines))]
    public async Task BrowsersBehindOneAddress_MemberSickAndReturned_KeepTheirMember(string engine)
    {
        await using var network = await VirtualNetwork.CreateAsync($"10.20.0.2 {Name}");
        using var certificate = await CertificateFiles.MakeAsync(Name);
        using var folder = new ScratchFolder();
        File.Copy(certificate.Certificate, folder.File("idp.pem"));
        File.Copy(certificate.Key, folder.File("idp.key"));
        var members = new List<IdentityServer>();
        foreach (var number in (int[])[1, 2, 3])
        {
            var host = await network.AddAsync($"idp{number}", $"10.20.0.1{number}");
            members.Add(await IdentityServer.StartedAsync(host, certificate.Certificate, certificate.Key));
        }

        var client = await network.AddAsync("client", "10.20.0.50");
        var front = await network.AddAsync("proxy", "10.20.0.2");
        await using var proxy = await SampleProxy.StartAsync(front, folder, "AccessManagerCluster", engine, "https", "http.json");
        try
        {
            var first = await AskAsync(client, folder);
            Assert.Equal(first, await AskAsync(client, folder));
            Assert.Equal(3, first.Distinct().Count());

            var sick = members.Single(member => member.Name == first[0]);
            sick.SaySick(IdentityServer.Https, 503);
            await IsUpAsync(proxy, sick.Name, isUp: false);
            var moved = await AskAsync(client, folder);
            Assert.DoesNotContain(sick.Name, moved);
            Assert.All(first.Zip(moved).Where(pair => pair.First != sick.Name), pair => Assert.Equal(pair.First, pair.Second));

            sick.SayWell(IdentityServer.Https);
            await IsUpAsync(proxy, sick.Name, isUp: true);
            Assert.Equal(moved, await AskAsync(client, folder));
            proxy.ExpectCleanLog();
            output.WriteLine($"{engine}: {Browsers} browsers, {first.Zip(moved).Count(pair => pair.First != pair.Second)} moved once, 0 "
                + "moved back; failed=0");
        }
        finally
        {
            foreach (var member in members)
            {
                await member.DisposeAsync();
            }
        }
    }

    /// <summary>Which member answers each browser; each has a jar of cookies, and a request must succeed.</summary>
    private static async Task<List<string>> AskAsync(VirtualHost client, ScratchFolder folder)
    {
        var answers = new List<string>();
        for (var browser = 0; browser < Browsers; browser++)
        {
            var jar = folder.File($"jar-{browser}");
            var answer = await client.RunAsync("curl", "-skf", "--max-time", "30", "-c", jar, "-b", jar, $"https://{Name}/who");
            answer.ExpectSuccess($"browser {browser}");
            answers.Add(answer.Output);
        }

        return answers;
    }

    private static Task IsUpAsync(SampleProxy proxy, string member, bool isUp) => Eventually.HoldsAsync(
        async () => (await proxy.MetricsAsync()).Sum("destination_up", ("cluster", "identity"), ("destination", member)) == (isUp ? 1 : 0),
        () => $"identity/{member} is {(isUp ? "up" : "down")}:\n{proxy.Tail()}",
        TimeSpan.FromMilliseconds(200));
}
