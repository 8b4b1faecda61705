using System.Threading.Channels;

namespace HaProxyNet.Management.Page;

/// <summary>One open page. A browser that reads slowly is given the newest state, not all that it has missed.</summary>
internal sealed class PageSubscription : IDisposable
{
    private readonly Channel<ReadOnlyMemory<byte>> _states = Newest();
    private readonly Channel<ReadOnlyMemory<byte>> _timelines = Newest();
    private readonly SemaphoreSlim _arrived = new(0);

    /// <summary>Gives it a message.</summary>
    public void Offer(ReadOnlyMemory<byte> message, bool isTimeline)
    {
        (isTimeline ? _timelines : _states).Writer.TryWrite(message);
        _arrived.Release();
    }

    /// <summary>The next message, once there is one.</summary>
    public async Task<ReadOnlyMemory<byte>> ReadAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await _arrived.WaitAsync(cancellation);
            if (_states.Reader.TryRead(out var message) || _timelines.Reader.TryRead(out message))
            {
                return message;
            }
        }
    }

    /// <summary>The feed gives it nothing any more.</summary>
    public void Dispose() => _arrived.Dispose();

    private static Channel<ReadOnlyMemory<byte>> Newest()
        => Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
}
