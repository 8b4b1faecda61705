using HaProxyNet.Configuration;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Probing;

/// <summary>
/// Directories that answer a probe in every way: as Active Directory does, with nonsense, without an end, with a length that lies.
/// </summary>
public sealed class HostileDirectories : ProbingScenario
{
    /// <summary>Every length with four bytes, as Active Directory writes them: an entry and its result.</summary>
    private const string LongForm =
        "30 84 00000011 02 01 01 64 84 00000008 04 00 30 84 00000000 30 84 00000010 02 01 01 65 84 00000007 0A 01 00 04 00 04 00";
    private const string Entry = "30 09 02 01 01 64 04 04 00 30 00";
    private const string TwoGigabytesAnnounced = "30 84 7FFFFFFF 02 01 01 64";

    private volatile Func<TestPeer, Task> _answer = peer => peer.SendAsync(Bytes(LongForm));

    private readonly TestDestination _directory;

    public HostileDirectories() => _directory = TestDestination.Serving("directory", AnswerAsync);

    [Theory, ClassData<Engines>]
    public async Task LongFormLengths_StaysUp(EngineKind engine)
    {
        await StartAsync(engine);

        Time.Advance(Idle);
        await ProbedAsync(1, "destination=primary", "result=success");

        Assert.Equal("1st.", await CallAsync());
        Assert.Equal(0, (await Proxy.ScrapeAsync()).Sum("failovers_total"));
    }

    [Theory, ClassData<Engines>]
    public Task Garbage_IsDownUntilItAnswersAgain(EngineKind engine)
        => FailsAndRecoversAsync(engine, peer => peer.SendAsync("HTTP/1.1 400 Bad Request\r\n\r\n"));

    [Theory, ClassData<Engines>]
    public Task EntriesWithoutEnd_IsDownUntilItAnswersAgain(EngineKind engine) => FailsAndRecoversAsync(engine, async peer =>
    {
        while (true)
        {
            await peer.SendAsync(Bytes(Entry));
        }
    });

    /// <summary>Nothing is set aside for what is only announced, and the bytes that come have a bound.</summary>
    [Theory, ClassData<Engines>]
    public Task TwoGigabytesAnnounced_IsDownUntilItAnswersAgain(EngineKind engine) => FailsAndRecoversAsync(engine, async peer =>
    {
        await peer.SendAsync(Bytes(TwoGigabytesAnnounced));
        while (true)
        {
            await peer.SendAsync(new byte[1024]);
        }
    });

    private async Task FailsAndRecoversAsync(EngineKind engine, Func<TestPeer, Task> answer)
    {
        await StartAsync(engine);
        Assert.Equal("1st.", await CallAsync());

        _answer = answer;
        await IsUpAsync("primary", isUp: false);
        Assert.Equal(Vocabulary.HealthReason.BadAnswer, Proxy.Cluster.Find("primary")!.Condition.Reason);

        _answer = peer => peer.SendAsync(Bytes(LongForm));
        await IsUpAsync("primary", isUp: true);
        Assert.Equal("1st.", await CallAsync());
    }

    /// <summary>The directory is a port of its own, so that its nonsense is not counted as traffic.</summary>
    private Task<TestProxy> StartAsync(EngineKind engine)
    {
        var setup = Setup(("Health:Probe", "Always"), ("Health:Method", "Ldap"), ("Health:Port", $"{_directory.Address.Port}"));
        return StartAsync(engine, setup, Primary);
    }

    private async Task AnswerAsync(TestPeer peer)
    {
        // A short length: the whole request has come when so many bytes have.
        var start = await peer.ReadAsync(2);
        await peer.ReadAsync(start[1]);
        await _answer(peer);
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
}
