using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Teardown;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Upgrading.State;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Tests.Upgrading.State;

public sealed class ChangeCodecTests
{
    [Fact]
    public void Decode_WhatWasEncoded_IsTheSame()
    {
        var sent = Change();

        var read = Assert.Single(ChangeCodec.Decode(Message()));

        Assert.Equal(sent with { FromClient = read.FromClient, FromDestination = read.FromDestination }, read);
        Assert.Equal([7, 8, 9], read.FromClient.Left);
        Assert.True(read.FromDestination.HasEnded);
        Assert.Equal((4711, 90, 91), (read.FromDestination.Piped, read.FromDestination.PipeOut, read.FromDestination.PipeIn));
    }

    [Fact]
    public void Decode_CutAnywhere_IsRefused()
    {
        var whole = Message();

        for (var length = 0; length < whole.Payload.Length; length++)
        {
            var cut = whole with { Payload = whole.Payload[..length] };
            Assert.Throws<HandoverException>(() => ChangeCodec.Decode(cut));
        }
    }

    [Theory]
    [InlineData(new int[] { })]
    [InlineData(new[] { 90 })]
    [InlineData(new[] { 90, 91, 92 })]
    public void Decode_OtherNumberOfDescriptors_IsRefused(int[] descriptors)
        => Assert.Throws<HandoverException>(() => ChangeCodec.Decode(Message() with { Descriptors = descriptors }));

    [Fact]
    public void Decode_RandomBytes_NeverThrowsAnythingElse()
    {
        var random = new Random(20261201);
        for (var i = 0; i < 20_000; i++)
        {
            var message = Message();
            for (var changes = random.Next(1, 5); changes > 0; changes--)
            {
                message.Payload[random.Next(message.Payload.Length)] = (byte)random.Next(256);
            }

            try
            {
                _ = ChangeCodec.Decode(message);
            }
            catch (HandoverException)
            {
                // What is not as it must be is refused in words.
            }
        }
    }

    [Fact]
    public void CommitTerms_Read_IsWhatWasWritten()
    {
        var read = CommitTerms.Read(new CommitTerms(1L << 40, [3, 1L << 33]).Write());

        Assert.Equal(1L << 40, read.HighestNumber);
        Assert.Equal([3, 1L << 33], read.Ended);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(17)]
    public void CommitTerms_ReadCut_IsRefused(int length) => Assert.Throws<HandoverException>(() => CommitTerms.Read(new byte[length]));

    private static HandoverMessage Message() => new(HandoverKind.Changed, ChangeCodec.Encode([Change()]), [90, 91]);

    private static RelayChange Change()
    {
        var state = RelayState.Start;
        state.OnDelivered(RelaySide.Client, 123);
        state.OnFin(RelaySide.Destination);
        return new RelayChange(
            77, state, 99, new HeldDirection(HasEnded: false, [7, 8, 9], 0, -1, -1), new HeldDirection(HasEnded: true, [], 4711, 12, 13));
    }
}
