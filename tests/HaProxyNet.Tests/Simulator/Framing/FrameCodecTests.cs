using CsCheck;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Tests.Simulator.Framing;

public sealed class FrameCodecTests
{
    [Fact]
    public void Encode_Content_BeginsWithItsLengthBigEndian() =>
        Assert.Equal([0, 0, 0, 3, 1, 2, 3], FrameCodec.Encode([1, 2, 3]));

    [Fact]
    public void TryDecode_WhatWasEncoded_IsTheContent() => Gen.Byte.Array[1, 5_000].Sample(content =>
    {
        Assert.True(FrameCodec.TryDecode(FrameCodec.Encode(content), out var decoded));
        Assert.Equal(content, decoded.ToArray());
    });

    [Fact]
    public void TryDecode_AnyPartOfAFrame_IsNotYetComplete()
        => Gen.Select(Gen.Byte.Array[1, 300], Gen.Int[0, 303]).Sample((content, count) =>
        {
            var frame = FrameCodec.Encode(content);
            Assert.False(FrameCodec.TryDecode(frame.AsSpan(0, Math.Min(count, frame.Length - 1)), out _));
        });

    [Fact]
    public void TryDecode_AnyBytes_ThrowsNothingButFrameFormat() => Gen.Byte.Array[0, 64].Sample(received =>
    {
        try
        {
            FrameCodec.TryDecode(received, out _, maxLength: 32);
        }
        catch (FrameFormatException)
        {
            // Foreseen.
        }
    });

    [Theory]
    [InlineData(0x00_00_00_00u)]
    [InlineData(0x00_00_00_0Bu)]
    [InlineData(0x7F_FF_FF_FFu)]
    [InlineData(0xFF_FF_FF_FFu)]
    public void TryReadLength_NotAllowed_SaysWhatIs(uint length)
    {
        var header = BitConverter.GetBytes(length);
        Array.Reverse(header);

        var fault = Assert.Throws<FrameFormatException>(() => FrameCodec.TryReadLength(header, out _, maxLength: 10));

        Assert.Equal($"the frame's length is {length} bytes; 1 to 10 are allowed", fault.Message);
    }

    [Fact]
    public void TryDecode_BytesAfterTheFrame_Throws()
    {
        byte[] received = [.. FrameCodec.Encode([1, 2]), 3];

        var fault = Assert.Throws<FrameFormatException>(() => FrameCodec.TryDecode(received, out _));

        Assert.StartsWith("1 bytes follow the frame", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_EmptyOrTooLong_Throws()
    {
        Assert.Throws<FrameFormatException>(() => FrameCodec.Encode([]));
        Assert.Throws<FrameFormatException>(() => FrameCodec.Encode(new byte[11], maxLength: 10));
    }
}
