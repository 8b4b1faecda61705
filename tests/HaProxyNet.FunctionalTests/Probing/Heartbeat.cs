using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>Services that accept, and a page at another port that says which of them works.</summary>
public sealed class Heartbeat : ProbingScenario
{
    private const string EndOfHead = "\r\n\r\n";
    private volatile string _primaryStatus = "200";

    [Theory, ClassData<Engines>]
    public async Task PageSaysNo_TheOtherServesUntilItSaysYes_WhateverConnectsProve(EngineKind engine)
    {
        using var page = Page();
        await StartAsync(engine, page);
        Assert.Equal("1st.", await CallAsync());
        _primaryStatus = "503";
        Time.Advance(Idle);
        await IsUpAsync("primary", isUp: false);

        Assert.Equal(Vocabulary.HealthReason.WrongStatus, Proxy.Cluster.Find("primary")!.Condition.Reason);
        Assert.Equal("2nd.", await CallAsync());

        // That it accepts is known, and says nothing.
        Proxy.Report(Proxy.Cluster.Find("primary")!, Vocabulary.Evidence.Accepted);
        Assert.Equal("2nd.", await CallAsync());

        _primaryStatus = "200";
        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(Primary.Address, Assert.Single(Proxy.Cluster.Find("primary")!.Addresses));
        Assert.NotEqual(0, await ProbesAsync("destination=primary", "method=http", "result=wrong_status"));
        Assert.Equal(0, await ProbesAsync("destination=secondary", "result=wrong_status"));
    }

    /// <summary>The page of a machine whose service is dead: the own port is asked before, and the page does not bring it back.</summary>
    [Theory, ClassData<Engines>]
    public async Task ServiceRefusesAndPageSaysYes_IsDownUntilTheServiceAccepts(EngineKind engine)
    {
        using var page = Page();
        await StartAsync(engine, page);
        Primary.StopListening();
        Assert.Equal("2nd.", await CallAsync());
        for (var i = 0; i < 20; i++)
        {
            Time.Advance(TimeSpan.FromSeconds(1));
            Assert.Equal("2nd.", await CallAsync());
        }

        Assert.Equal(1, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
        Primary.Revive(Scripts.AnswerAsync("1st."));
        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
    }

    private TestDestination Page() => TestDestination.Serving("page", async peer =>
    {
        var head = "";
        while (!head.EndsWith(EndOfHead, StringComparison.Ordinal))
        {
            head += await peer.ReadAsync(1);
        }

        var status = head.Contains("Host: primary.example:", StringComparison.Ordinal) ? _primaryStatus : "200";
        await peer.SendAsync($"HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close{EndOfHead}");
    });

    /// <summary>The names are what the page tells the two apart by.</summary>
    private async Task StartAsync(EngineKind engine, TestDestination page)
    {
        var names = new FakeNames();
        TestDestination[] destinations = [Add(Primary), Add(Secondary)];
        Array.ForEach(destinations, d => names.Set($"{d.Name}.example", $"{d.Address.Address}"));
        var setup =
            Setup(("Health:Probe", "Always"), ("Health:Method", "Http"), ("Health:Tls", "false"), ("Health:Port", $"{page.Address.Port}"));
        await StartAtAsync(engine, setup with { Names = names }, destinations.Select(d => (d.Name, $"{d.Name}.example:{d.Address.Port}")));
    }
}
