using System.Runtime.CompilerServices;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <content>How bytes get out.</content>
internal sealed partial class ReactorLaneSocket
{
    /// <summary>Returns when there may be room to write.</summary>
    public ValueTask WaitWritableAsync() => !IsUsable || socket.Writable ? ValueTask.CompletedTask : _writable.Begin();

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data)
    {
        var sent = TrySend(data.Span);
        return sent < 0 ? new(false) : sent == data.Length ? new(true) : SendRestAsync(data[sent..]);
    }

    /// <summary>What the system took; <see cref="LaneSocket.Failed"/> when the peer has reset.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="moreFollows">More will be given at once: the system may put it into the same packets.</param>
    public unsafe int TrySend(ReadOnlySpan<byte> data, bool moreFollows = false)
    {
        var flags = Linux.MessageNoSignal | (moreFollows ? Linux.MessageMore : 0);
        var sent = 0;
        while (sent < data.Length)
        {
            if (!IsUsable)
            {
                return Failed;
            }

            if (!socket.Writable)
            {
                return sent;
            }

            int count;
            fixed (byte* buffer = data)
            {
                count = socket.Send(buffer + sent, data.Length - sent, flags);
            }

            if (count >= 0)
            {
                sent += count;
                socket.OwesFirstPacket &= moreFollows;
                socket.Writable = sent == data.Length;
            }
            else if (Errno.Last is Errno.Again)
            {
                socket.Writable = false;
            }
            else if (Errno.Last is not Errno.Interrupted)
            {
                NoteLoss(Errno.Last);
                return Failed;
            }
        }

        return sent;
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> SendRestAsync(ReadOnlyMemory<byte> data)
    {
        while (data.Length > 0)
        {
            await WaitWritableAsync();
            var sent = TrySend(data.Span);
            if (sent < 0)
            {
                return false;
            }

            data = data[sent..];
        }

        return true;
    }
}
