using HaProxyNet.Failover.Stickiness;
using HaProxyNet.State.Selecting;

namespace HaProxyNet.Tests.Failover.Stickiness;

public sealed class StickyFormatTests
{
    private static readonly DateTimeOffset _now = new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero);
    private static readonly StickyClient[] _clients =
    [
        new(new ClientKey(1), "idp1", TimeSpan.FromSeconds(5)),
        new(new ClientKey(UInt128.MaxValue), "idp2", TimeSpan.FromMinutes(59)),
        new(new ClientKey(2), "idp1", TimeSpan.Zero),
    ];

    [Fact]
    public void Read_WhatWasWritten_HasAgedMeanwhile()
    {
        var read = StickyFormat.Read(Written(), _now.AddSeconds(30));

        Assert.Equal(_clients.Select(client => client with { Age = client.Age + TimeSpan.FromSeconds(30) }), read["IDENTITY"]);
        Assert.Empty(read["other"]);
    }

    [Fact]
    public void Read_ClockSetBack_NoneIsYoungerThanItWas()
        => Assert.Equal(_clients, StickyFormat.Read(Written(), _now.AddHours(-1))["identity"]);

    [Fact]
    public void Read_CutShortAnywhere_IsRefused()
    {
        var written = Written();

        for (var length = 0; length < written.Length; length++)
        {
            Assert.Throws<InvalidDataException>(() => StickyFormat.Read(written[..length], _now));
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefused()
    {
        var written = Written();

        for (var at = 0; at < written.Length; at++)
        {
            var changed = written.ToArray();
            changed[at] ^= 1;
            Assert.Throws<InvalidDataException>(() => StickyFormat.Read(changed, _now));
        }
    }

    private static byte[] Written()
    {
        using var stream = new MemoryStream();
        StickyFormat.Write(stream, new Dictionary<string, StickyClient[]> { ["identity"] = _clients, ["other"] = [] }, _now);
        return stream.ToArray();
    }
}
