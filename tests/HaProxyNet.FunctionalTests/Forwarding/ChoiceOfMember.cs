using System.Net;
using HaProxyNet.FunctionalTests.Fixture;
using HaProxyNet.FunctionalTests.Forwarding.Fixture;
using HaProxyNet.FunctionalTests.Tls.Fixture;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.FunctionalTests.Forwarding;

/// <summary>Which member gets the requests of a listener with Protocol Http: the one that a connection of TCP would get.</summary>
public sealed class ChoiceOfMember : HttpScenario
{
    [Theory, ClassData<TlsStacks>]
    public async Task PrimaryStopsAndReturns_OneClientFollows_NoRequestFails(TlsStack stack)
    {
        await StartAsync(stack);
        var client = NewClient();
        Assert.Equal(["one", "one"], [await AskAsync(client), await AskAsync(client)]);

        await Members[0].StopAsync();
        Assert.Equal(["two", "two"], [await AskAsync(client), await AskAsync(client)]);

        await Members[0].StartAsync();
        await IsUpAsync("one", isUp: true);
        await Eventually.TrueAsync(() => Proxy.Active == "one", "the primary is active");
        Assert.Equal("one", await AskAsync(client));
        var lines = await Proxy.LinesAsync(2);
        Assert.Equal(["one", "two"], lines.Take(2).Select(line => line.Destination));
        Assert.All(lines, line => Assert.Equal("completed", line.Outcome));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task AllDown_503_AndServedWhenOneReturns(TlsStack stack)
    {
        await StartAsync(stack);
        var client = NewClient();
        await Task.WhenAll(Members.Select(member => member.StopAsync()));
        using (var answer = await client.GetAsync(new Uri("/who", UriKind.Relative)))
        {
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }

        Assert.Equal("no_destination", (await Proxy.LineAsync()).Outcome);
        await Members[1].StartAsync();
        await IsUpAsync("two", isUp: true);
        Assert.Equal("two", await AskAsync(client));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Drain_TheNextRequestOfAnOpenConnectionGoesElsewhere(TlsStack stack)
    {
        await StartAsync(stack);
        var client = NewClient();
        Assert.Equal("one", await AskAsync(client));

        Set(Maintenance.Draining);
        Assert.Equal("two", await AskAsync(client));

        Set(Maintenance.None);
        await Eventually.TrueAsync(() => Proxy.Active == "one", "the primary is active");
        Assert.Equal("one", await AskAsync(client));
    }

    [Theory, ClassData<TlsStacks>]
    public async Task Cookie_KeepsABrowserAtItsMember_AndMovesItOnce(TlsStack stack)
    {
        await StartAsync(stack, "RoundRobin", ("Http:AffinityCookie", "member"));
        var browsers = Enumerable.Range(0, 4).Select(_ => new CookieContainer()).ToList();
        var first = await AskEachAsync(browsers);
        Assert.Equal(["one", "two"], first.Distinct().Order());
        Assert.Equal(first, await AskEachAsync(browsers));
        Assert.All(browsers, browser => Assert.DoesNotContain("one", Assert.Single(browser.GetAllCookies()).Value));

        Set(Maintenance.Draining);
        Assert.All(await AskEachAsync(browsers), member => Assert.Equal("two", member));
        Set(Maintenance.None);
        Assert.All(await AskEachAsync(browsers), member => Assert.Equal("two", member));
    }

    /// <summary>What an operator does with the first member.</summary>
    private void Set(Maintenance maintenance)
        => Proxy.Control.SetMaintenance(Proxy.Cluster, Proxy.Cluster.Find("one")!, new MaintenanceDecision(maintenance));

    /// <summary>Each on a connection of its own, as after a pause.</summary>
    private async Task<List<string>> AskEachAsync(List<CookieContainer> browsers)
    {
        var answers = new List<string>();
        foreach (var browser in browsers)
        {
            answers.Add(await AskAsync(NewClient(browser)));
        }

        return answers;
    }
}
