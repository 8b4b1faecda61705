using System.Buffers;
using System.Runtime.CompilerServices;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport;

/// <content>How bytes get from one end to the other.</content>
internal sealed partial class PumpedRelay
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
        var (share, isWaitDue) = (Share, !from.MayReadAtOnce);
        try
        {
            while (true)
            {
                if (isWaitDue)
                {
                    var wait = from.WaitReadableAsync();
                    if (!wait.IsCompleted && buffer is not null)
                    {
                        ArrayPool<byte>.Shared.Return(buffer);
                        buffer = null;
                        share = Share;
                    }

                    await wait;
                }

                buffer ??= ArrayPool<byte>.Shared.Rent(BufferSize);
                var count = await from.ReadAsync(buffer.AsMemory(0, BufferSize));
                if (count == RelayEnd.Nothing)
                {
                    isWaitDue = true;
                    continue;
                }

                if (count <= 0)
                {
                    return count;
                }

                // Counted before they go out: the answer to them, and the end behind it, may be here before this line's thread runs again.
                Count(side, count);
                var delivery = to.WriteAsync(buffer.AsMemory(0, count));
                var isSlow = !delivery.IsCompleted;
                if (!await delivery)
                {
                    Count(side, -count);
                    return Undelivered;
                }

                OnDelivered(side, isSlow);
                isWaitDue = !from.MayReadAtOnce || count < BufferSize;
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

    private void Count(RelaySide side, int count)
    {
        Volatile.Write(ref _lastByte, connection.Lane.Now);
        lock (_gate)
        {
            Hold(side, Math.Max(count, 0));
            _state.OnDelivered(side, count);
        }
    }

    /// <summary>The receiver has taken all that was read. While it was slow the connection was not idle.</summary>
    private void OnDelivered(RelaySide side, bool isSlow)
    {
        Hold(side, 0);
        if (isSlow)
        {
            Volatile.Write(ref _lastByte, connection.Lane.Now);
        }
    }

    private void Hold(RelaySide side, int count) => Volatile.Write(ref side is RelaySide.Client ? ref _heldIn : ref _heldOut, count);
}
