using System.Buffers;
using System.Runtime.CompilerServices;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Relaying;

/// <content>How bytes get from one end to the other.</content>
internal sealed partial class SessionRelay
{
    /// <summary>The most that is held of one direction while its receiver is slow: four records of TLS.</summary>
    private const int BufferSize = 64 * 1024;

    /// <summary>What one direction may move before other connections have their turn: some hundred microseconds of ciphers.</summary>
    private const int Share = 256 * 1024;

    /// <summary>Result of a direction: the receiver has reset.</summary>
    private const int Undelivered = -10;

    /// <summary>Moves bytes until there are no more; returns what the last read said, or <see cref="Undelivered"/>.</summary>
    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<int> MoveAllAsync(RelaySide side)
    {
        var from = End(side);
        var to = End(side.Other());
        byte[]? buffer = null;
        var share = Share;
        try
        {
            while (true)
            {
                var wait = from.WaitReadableAsync();
                if (!wait.IsCompleted && buffer is not null)
                {
                    ArrayPool<byte>.Shared.Return(buffer);
                    buffer = null;
                    share = Share;
                }

                await wait;
                buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
                var count = await from.ReadAsync(buffer.AsMemory(0, BufferSize));
                if (count == RelayEnd.Nothing)
                {
                    continue;
                }

                if (count <= 0)
                {
                    return count;
                }

                // Counted before they go out: the answer to them, and the end behind it, may be here before this line's thread runs again.
                Count(side, count);
                if (!await to.WriteAsync(buffer.AsMemory(0, count)))
                {
                    Count(side, -count);
                    return Undelivered;
                }

                Hold(side, 0);

                share -= count;
                if (share <= 0)
                {
                    await from.Socket.YieldAsync();
                    share = Share;
                }
            }
        }
        finally
        {
            if (buffer is not null)
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
