using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Tests.Upgrading.Wire;

public sealed class HandoverFrameTests
{
    [Fact]
    public void Open_WhatWasSealed_IsTheSame()
    {
        var frame = Sealed(sequence: 7, descriptors: 3);

        Assert.Equal((HandoverKind.Relays, true), HandoverFrame.Open(frame, 7, 3));
    }

    [Fact]
    public void Open_AnyByteChanged_IsRefused()
    {
        for (var at = 0; at < Sealed(1, 0).Length; at++)
        {
            var frame = Sealed(sequence: 1, descriptors: 0);
            frame[at] ^= 0x10;

            Assert.Throws<HandoverException>(() => HandoverFrame.Open(frame, 1, 0));
        }
    }

    [Fact]
    public void Open_CutAnywhere_IsRefused()
    {
        var frame = Sealed(sequence: 1, descriptors: 0);

        for (var length = 0; length < frame.Length; length++)
        {
            var cut = frame[..length];
            Assert.Throws<HandoverException>(() => HandoverFrame.Open(cut, 1, 0));
        }
    }

    [Fact]
    public void Open_SentTwice_IsRefusedWithBothNumbers()
    {
        var refused = Assert.Throws<HandoverException>(() => HandoverFrame.Open(Sealed(sequence: 4, descriptors: 0), 5, 0));

        Assert.Equal("message 4 came where 5 was due", refused.Message);
    }

    [Fact]
    public void Open_FewerDescriptorsThanSent_SaysWhatRanOut()
    {
        var refused = Assert.Throws<HandoverException>(() => HandoverFrame.Open(Sealed(sequence: 0, descriptors: 3), 0, 2));

        Assert.Contains("nearly as many files open as it may", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Open_OtherVersion_NamesBoth()
    {
        var frame = Sealed(sequence: 0, descriptors: 0);
        frame[4]++;

        var refused = Assert.Throws<HandoverException>(() => HandoverFrame.Open(frame, 0, 0));

        Assert.Equal("the other process hands over in form 3, this one in form 2", refused.Message);
    }

    private static byte[] Sealed(uint sequence, int descriptors)
    {
        var frame = new byte[HandoverFrame.HeaderSize + 13];
        "hello, world!"u8.CopyTo(frame.AsSpan(HandoverFrame.HeaderSize));
        HandoverFrame.Seal(frame, HandoverKind.Relays, isLast: true, sequence, descriptors);
        return frame;
    }
}
