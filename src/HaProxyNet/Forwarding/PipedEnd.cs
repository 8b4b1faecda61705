using System.IO.Pipelines;
using HaProxyNet.Transport;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Forwarding;

/// <summary>
/// One side of a connection as a pair of pipes, for code that does not run on the connection's lane: HTTP. Bytes are read and written on
/// the lane; the pipes hand them over. A pipe that is full stops the side that fills it.
/// </summary>
/// <param name="end">The side.</param>
/// <param name="lane">Where it lives.</param>
internal sealed class PipedEnd(RelayEnd end, Lane lane)
{
    /// <summary>The most that is held of one direction while its reader is slow.</summary>
    private const int Most = 64 * 1024;
    private const int SegmentSize = 16 * 1024;

    private static readonly PipeOptions _options = new(
        pauseWriterThreshold: Most, resumeWriterThreshold: Most / 2, minimumSegmentSize: SegmentSize, useSynchronizationContext: false);

    private readonly Pipe _received = new(_options);
    private readonly Pipe _toSend = new(_options);
    private Task _receiving = Task.CompletedTask;
    private Task _sending = Task.CompletedTask;
    private long _bytesReceived;
    private long _bytesSent;
    private long _lastByte = lane.Now;
    private volatile bool _hasEnded;

    /// <summary>What the peer has sent.</summary>
    public PipeReader Input => _received.Reader;

    /// <summary>What the peer gets; its end is the peer's FIN.</summary>
    public PipeWriter Output => _toSend.Writer;

    /// <summary>Bytes that the peer has sent. Any thread.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Bytes that were given to the system for the peer. Any thread.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>When its last byte passed, in the lane's timestamps. Any thread.</summary>
    public long LastByteAt => Volatile.Read(ref _lastByte);

    /// <summary>Whether the peer has sent its FIN or has reset. Any thread.</summary>
    public bool HasEnded => _hasEnded;

    /// <summary>Whether the peer has sent something, or ended, that was not read yet; on the lane.</summary>
    public bool HasUnread => end.Socket.HasUnread;

    /// <summary>Goes on on the lane, from any thread.</summary>
    public ValueTask EnterAsync() => end.Socket.GoOnAsync();

    /// <summary>Begins to read and to write; on the lane.</summary>
    /// <param name="onEnd">Called on the lane when the peer has sent its FIN or has reset.</param>
    public void Start(Action onEnd)
    {
        end.Socket.Attach();
        _receiving = ReceiveAsync(onEnd);
        _sending = SendAsync();
    }

    /// <summary>Ends both directions by a reset; on the lane. <see cref="EndAsync"/> is still to be called.</summary>
    public void Cut()
    {
        end.Socket.Reset();
        CancelWaits();
    }

    /// <summary>
    /// Ends it when what is to be sent has been: with FIN. The peer then has a moment to read it all, for a close with unread bytes of the
    /// peer's is a reset. A side that was cut is over. Any thread.
    /// </summary>
    /// <param name="linger">How long the peer has for its own FIN.</param>
    public async Task EndAsync(TimeSpan linger)
    {
        await _toSend.Writer.CompleteAsync();
        await _received.Reader.CompleteAsync();
        await _sending;
        if (linger > TimeSpan.Zero)
        {
            await _receiving.WaitAsync(linger).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await end.Socket.GoOnAsync();
        end.Socket.Close();
        CancelWaits();
        await _receiving;
        await end.Socket.GoOnAsync();
        end.Dispose();
    }

    private async Task ReceiveAsync(Action onEnd)
    {
        var writer = _received.Writer;
        byte[]? unwanted = null;
        var count = 0;
        while (true)
        {
            await end.Socket.GoOnAsync();
            await end.WaitReadableAsync();
            count = await end.ReadAsync(unwanted ?? writer.GetMemory(SegmentSize));
            if (count == RelayEnd.Nothing)
            {
                continue;
            }

            if (count <= 0)
            {
                break;
            }

            Volatile.Write(ref _lastByte, lane.Now);
            Volatile.Write(ref _bytesReceived, _bytesReceived + count);
            if (unwanted is not null)
            {
                continue;
            }

            writer.Advance(count);
            var flushed = await writer.FlushAsync();
            if (flushed.IsCanceled)
            {
                break;
            }

            // Nobody reads any more: what still comes is taken and dropped.
            unwanted = flushed.IsCompleted ? new byte[SegmentSize] : null;
        }

        _hasEnded = true;
        await writer.CompleteAsync(count < 0 ? new ConnectionResetException("The peer has reset the connection.") : null);
        await end.Socket.GoOnAsync();
        onEnd();
    }

    private async Task SendAsync()
    {
        var reader = _toSend.Reader;
        var isTaken = true;
        while (isTaken)
        {
            var read = await reader.ReadAsync();
            await end.Socket.GoOnAsync();
            foreach (var segment in read.Buffer)
            {
                isTaken = isTaken && await end.WriteAsync(segment);
                if (isTaken)
                {
                    Volatile.Write(ref _lastByte, lane.Now);
                    Volatile.Write(ref _bytesSent, _bytesSent + segment.Length);
                }
            }

            isTaken &= !read.IsCanceled;
            reader.AdvanceTo(read.Buffer.End);
            if (read.IsCompleted)
            {
                break;
            }
        }

        await reader.CompleteAsync(isTaken ? null : new ConnectionResetException("The peer has reset the connection."));
        if (isTaken)
        {
            await end.Socket.GoOnAsync();
            await end.ShutdownSendAsync();
        }
    }

    private void CancelWaits()
    {
        _toSend.Reader.CancelPendingRead();
        _received.Writer.CancelPendingFlush();
    }
}
