using CsCheck;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Tests.Simulator.Framing;

public sealed class FrameReaderTests
{
    [Fact]
    public async Task ReadMore_FrameInPiecesOfAnySize_IsTheContent()
        => await Gen.Select(Gen.Int[1, 60_000], Gen.Int[1, 20_000]).SampleAsync(async (length, piece) =>
        {
            var content = new byte[length];
            Random.Shared.NextBytes(content);
            using var reader = new FrameReader(new PiecemealStream(FrameCodec.Encode(content), piece), FrameCodec.DefaultMaxLength);

            while (!reader.IsComplete)
            {
                Assert.True(await reader.ReadMoreAsync(CancellationToken.None));
            }

            Assert.Equal(content, reader.Content.ToArray());
        }, iter: 200);

    [Fact]
    public async Task ReadMore_EndInTheMiddle_IsFalseAndIncomplete()
    {
        using var reader = new FrameReader(new MemoryStream(FrameCodec.Encode([1, 2, 3])[..5]), FrameCodec.DefaultMaxLength);

        Assert.True(await reader.ReadMoreAsync(CancellationToken.None));
        Assert.False(await reader.ReadMoreAsync(CancellationToken.None));
        Assert.False(reader.IsComplete);
        Assert.Equal(5, reader.Received);
    }

    private sealed class PiecemealStream(byte[] bytes, int piece) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(piece, buffer.Length)], cancellationToken);
    }
}
