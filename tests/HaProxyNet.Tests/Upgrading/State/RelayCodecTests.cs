using System.Net;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Upgrading.State;

public sealed class RelayCodecTests
{
    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        var sent = Relay();

        var read = Assert.Single(RelayCodec.Decode(Message([sent])));

        Assert.Equal(sent with { Relay = read.Relay, Introduced = read.Introduced }, read);
        Assert.Equal(sent.Introduced!.Client, read.Introduced!.Client);
        Assert.Equal(sent.Introduced.Tlvs, read.Introduced.Tlvs);
        Assert.Equal((90, 91), (read.Relay.Client.Descriptor, read.Relay.Destination.Descriptor));
        Assert.Equal(sent.Relay.Client.Address, read.Relay.Client.Address);
        Assert.Equal(sent.Relay.LastByteAt, read.Relay.LastByteAt);
        Assert.Equal(sent.Relay.FromClient.Left, read.Relay.FromClient.Left);
        Assert.Equal((true, 4711, 92, 93), (
            read.Relay.FromDestination.HasEnded,
            read.Relay.FromDestination.Piped,
            read.Relay.FromDestination.PipeOut,
            read.Relay.FromDestination.PipeIn));
        Assert.Equal(sent.Relay.State.Delivered(RelaySide.Client), read.Relay.State.Delivered(RelaySide.Client));
        Assert.Equal(RelaySide.Destination, read.Relay.State.FirstFin);
        Assert.True(read.Relay.State.HasFinished(RelaySide.Destination));
        Assert.False(read.Relay.State.HasFinished(RelaySide.Client));
    }

    [Fact]
    public void Decode_CutAnywhere_IsRefused()
    {
        var whole = Message([Relay()]);

        for (var length = 0; length < whole.Payload.Length; length++)
        {
            var cut = whole with { Payload = whole.Payload[..length] };
            Assert.Throws<HandoverException>(() => RelayCodec.Decode(cut));
        }
    }

    [Theory]
    [InlineData(new int[] { })]
    [InlineData(new[] { 90, 91, 92 })]
    [InlineData(new[] { 90, 91, 92, 93, 94 })]
    public void Decode_OtherNumberOfDescriptors_IsRefused(int[] descriptors)
    {
        var message = Message([Relay()]) with { Descriptors = descriptors };

        Assert.Throws<HandoverException>(() => RelayCodec.Decode(message));
    }

    [Fact]
    public void Decode_RandomBytes_NeverThrowsAnythingElse()
    {
        var random = new Random(20261130);
        for (var i = 0; i < 20_000; i++)
        {
            var payload = Message([Relay()]).Payload;
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                payload[random.Next(payload.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = RelayCodec.Decode(new HandoverMessage(HandoverKind.Relays, payload, [90, 91, 92, 93]));
            }
            catch (HandoverException)
            {
                // What is not as it must be is refused in words.
            }
        }
    }

    private static HandoverMessage Message(IReadOnlyList<HandedRelay> relays)
        => new(HandoverKind.Relays, RelayCodec.Encode(relays), [90, 91, 92, 93]);

    private static HandedRelay Relay()
    {
        var state = RelayState.Start;
        state.OnDelivered(RelaySide.Client, 123);
        state.OnDelivered(RelaySide.Destination, 456);
        _ = state.OnFin(RelaySide.Destination);
        var held = new HeldRelay(
            state,
            LastByteAt: 99,
            new HeldPeer(10, IPEndPoint.Parse("192.0.2.1:1234")),
            new HeldPeer(11, IPEndPoint.Parse("[2001:db8::1]:636")),
            new HeldDirection(HasEnded: false, [1, 2, 3], 0, -1, -1),
            new HeldDirection(HasEnded: true, [], 4711, 12, 13));
        return new HandedRelay(held, "front", "pair", "primary")
        {
            Number = 77,
            Introduced = new IntroducedClient(IPEndPoint.Parse("203.0.113.9:99"), IPEndPoint.Parse("203.0.113.1:443"), [1, 0, 1, 5]),
            AcceptedAt = 1,
            ConnectedAt = 2,
            Attempts = 3,
            Reason = ChoiceReason.FallThrough,
            ServerName = "iq.example.com",
            TlsVersion = "1.3",
        };
    }
}
