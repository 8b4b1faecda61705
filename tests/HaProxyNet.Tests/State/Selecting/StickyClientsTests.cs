using HaProxyNet.State.Selecting;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.State.Selecting;

[Collection(nameof(MeasuredAlone))]
public sealed class StickyClientsTests
{
    private static readonly TimeSpan _expiry = TimeSpan.FromHours(1);
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Remember_AMillionClients_InLessThan64MegabytesAndNoMore()
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clients = new StickyClients(_expiry, _time);
        for (var i = 0; i < StickyClients.Bound; i++)
        {
            clients.Remember(Client(i), i % 2 == 0 ? "a" : "b");
        }

        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        clients.Remember(Client(StickyClients.Bound), "a");

        Assert.InRange(bytes, 1, 64_000_000);
        Assert.Equal(StickyClients.Bound, clients.Count);
        Assert.Null(clients.Find(Client(StickyClients.Bound)));
        Assert.Equal(("a", "b"), (clients.Find(Client(0)), clients.Find(Client(StickyClients.Bound - 1))));
    }

    [Fact]
    public void Remember_AtTheBound_KnownClientsStillChange()
    {
        var clients = new StickyClients(_expiry, _time);
        for (var i = 0; i < StickyClients.Bound; i++)
        {
            clients.Remember(Client(i), "a");
        }

        clients.Remember(Client(7), "b");

        Assert.Equal("b", clients.Find(Client(7)));
    }

    [Fact]
    public void Remember_AfterTheExpiry_TheForgottenMakeRoom()
    {
        var clients = new StickyClients(_expiry, _time);
        for (var i = 0; i < 10_000; i++)
        {
            clients.Remember(Client(i), "a");
        }

        _time.Advance(_expiry + TimeSpan.FromMinutes(1));
        clients.Remember(Client(20_000), "a");

        Assert.Equal(1, clients.Count);
        Assert.Null(clients.Find(Client(1)));
    }

    [Fact]
    public void Import_WhatAnotherExported_IsKnownForTheRestOfItsTime()
    {
        var before = new StickyClients(_expiry, _time);
        before.Remember(Client(1), "a");
        _time.Advance(TimeSpan.FromMinutes(20));
        before.Remember(Client(2), "b");

        var after = new StickyClients(_expiry, _time);
        after.Remember(Client(2), "c");
        after.Import([.. before.Export()]);

        Assert.Equal(("a", "c"), (after.Peek(Client(1)), after.Peek(Client(2))));
        _time.Advance(TimeSpan.FromMinutes(41));
        Assert.Equal((null, "c"), (after.Peek(Client(1)), after.Peek(Client(2))));
    }

    [Fact]
    public void Expiry_ReloadedToLess_ForgetsAtOnce()
    {
        var clients = new StickyClients(_expiry, _time);
        clients.Remember(Client(1), "a");
        _time.Advance(TimeSpan.FromMinutes(20));

        clients.Expiry = TimeSpan.FromMinutes(10);

        Assert.Null(clients.Find(Client(1)));
    }

    private static ClientKey Client(int number) => new((UInt128)0x2001_0db8 << 96 | (UInt128)(uint)number);
}
