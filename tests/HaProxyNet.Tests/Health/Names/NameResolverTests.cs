using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Health.Names;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Health.Names;

public sealed class NameResolverTests
{
    private readonly FakeNames _names = new();
    private readonly KnownAddresses _known = new();
    private readonly FakeTimeProvider _time = new();
    private readonly Destination _destination = new(
        "agents", "primary", Model("iqs1.example:5050"), DestinationCondition.Initial(1),
        new ProxyMetrics().ConnectsOf("agents", "primary"), []);

    [Fact]
    public async Task Resolve_SeveralAddressesOfBothKinds_AllInTheirOrderWithThePort()
    {
        Assert.Equal(
            (Resolution.Changed, "[fd00::1]:5050 10.0.0.1:5050 10.0.0.2:5050"),
            (await ResolveAsync("fd00::1", "10.0.0.1", "10.0.0.2"), Addresses()));
    }

    [Fact]
    public async Task Resolve_SameAddressesInAnotherOrder_NothingChanges()
    {
        await ResolveAsync("10.0.0.1", "10.0.0.2");
        var before = _destination.Addresses;

        Assert.Equal(Resolution.Same, await ResolveAsync("10.0.0.2", "10.0.0.1"));
        Assert.Same(before, _destination.Addresses);
    }

    [Theory]
    [InlineData("10.0.0.3")]
    [InlineData("10.0.0.1 10.0.0.2")]
    [InlineData("fd00::1")]
    public async Task Resolve_OtherAddresses_AreTaken(string addresses)
    {
        await ResolveAsync("10.0.0.1");

        Assert.Equal(Resolution.Changed, await ResolveAsync(addresses.Split(' ')));
        Assert.Equal(addresses.Split(' '), _destination.Addresses.Select(a => a.Address.ToString()));
    }

    [Fact]
    public async Task Resolve_NameIsGone_TheLastGoodAddressesStay()
    {
        await ResolveAsync("10.0.0.1");

        Assert.Equal((Resolution.Failed, "10.0.0.1:5050"), (await ResolveAsync(), Addresses()));
    }

    [Fact]
    public async Task Resolve_NobodyAnswers_FailsInTimeAndTheLastGoodAddressesStay()
    {
        await ResolveAsync("10.0.0.1");
        _names.Hold();

        var resolving = ResolveAsync("10.0.0.2");
        _time.Advance(TimeSpan.FromSeconds(5.1));

        Assert.Equal((Resolution.Failed, "10.0.0.1:5050"), (await resolving, Addresses()));
    }

    [Fact]
    public async Task Resolve_ReloadChangesTheNameMeanwhile_TheAnswerIsNotTaken()
    {
        _names.Hold();
        var resolving = ResolveAsync("10.0.0.1");

        _destination.Change(Model("10.9.9.9:5050"), _known.Of(DestinationAddress.Parse("10.9.9.9:5050")));
        _names.Release();

        Assert.Equal(Resolution.Same, await resolving);

        Assert.Equal("10.9.9.9:5050", Addresses());
    }

    /// <summary>What a reload waits for: each name once, and no longer than one question may take.</summary>
    [Fact]
    public async Task Learn_SilentResolver_EndsInTime_AndKnownNamesAreNotAsked()
    {
        _names.Hold();
        _known.Note("known.example", [IPAddress.Loopback]);
        var resolver = new NameResolver(_names, _known, _time, NullLogger<NameResolver>.Instance);

        Assert.True(resolver
            .LearnAsync([DestinationAddress.Parse("known.example:1"), DestinationAddress.Parse("10.0.0.1:1")]).IsCompletedSuccessfully);
        var learning = resolver.LearnAsync([DestinationAddress.Parse("new.example:1"), DestinationAddress.Parse("NEW.example:2")]);
        Assert.False(learning.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(5.1));

        await learning;
        Assert.False(_known.Has(DestinationAddress.Parse("new.example:1")));
    }

    private static DestinationModel Model(string address) => new(DestinationAddress.Parse(address), 0, 0);

    private async Task<Resolution> ResolveAsync(params string[] answer)
    {
        _names.Answer = answer;
        return await new NameResolver(_names, _known, _time, NullLogger<NameResolver>.Instance).ResolveAsync(
            _destination, CancellationToken.None);
    }

    private string Addresses() => string.Join<IPEndPoint>(' ', _destination.Addresses);
}
