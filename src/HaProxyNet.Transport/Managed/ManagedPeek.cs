using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// Waits for a client's first bytes and copies them; they stay in the socket. The wait for the first byte is told by the system; that more
/// came behind it, and that the client has reset, is seen by the lane's sweep.
/// </summary>
internal sealed class ManagedPeek(ManagedSocket client, Memory<byte> into, int beyond, long deadline, TimeProvider time) : ILaneActivity
{
    private static readonly TimeSpan _shortest = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromMilliseconds(50);

    private readonly TaskCompletionSource<PeekResult> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Waits for more bytes than the caller has seen, or for the end of the wait.</summary>
    public async ValueTask<PeekResult> RunAsync()
    {
        var readable = client.WaitReadableAsync().AsTask();
        if (await Task.WhenAny(readable, _result.Task) == readable)
        {
            TryEnd();
            await LookSoonAsync();
        }

        var result = await _result.Task;
        if (result.End is PeekEnd.Bytes or PeekEnd.Urgent)
        {
            // The socket has one wait at a time, and this one is over or about to be.
            await readable;
        }

        return result;
    }

    /// <summary>It is looked at on every sweep.</summary>
    public long Due => 0;

    /// <inheritdoc/>
    public void Abort(ConnectionOutcome outcome) => Cancel(PeekEnd.Aborted);

    /// <summary>Ends the wait; nothing is copied after that. Any thread.</summary>
    private void Cancel(PeekEnd end)
    {
        lock (_result)
        {
            _result.TrySetResult(new(end, 0));
        }
    }

    /// <summary>Looks again, and then at the clock: what came in time is taken, however late this process is. Any thread.</summary>
    public void Look(long now)
    {
        TryEnd();
        if (now >= deadline)
        {
            Cancel(PeekEnd.TimedOut);
        }
    }

    /// <summary>The rest of a message that was sent in one piece comes at once: the sweep is for what does not.</summary>
    private async Task LookSoonAsync()
    {
        for (var wait = _shortest; wait < _longest && !_result.Task.IsCompleted; wait *= 2)
        {
            await Task.WhenAny(_result.Task, Task.Delay(wait, time));
            TryEnd();
        }
    }

    private void TryEnd()
    {
        lock (_result)
        {
            if (_result.Task.IsCompleted)
            {
                return;
            }

            // Asked first: what comes between the two is then seen.
            var hasEnded = client.HasEnded();
            var count = client.Peek(into.Span, out var error);
            if (error is SocketError.WouldBlock)
            {
                return;
            }

            if (error is not SocketError.Success || client.WasReset())
            {
                _result.TrySetResult(new(PeekEnd.Gone, count));
            }
            else if (count > beyond)
            {
                _result.TrySetResult(new(PeekEnd.Bytes, count));
            }
            else if (count > 0 && client.StopsAtUrgentByte())
            {
                _result.TrySetResult(new(PeekEnd.Urgent, count));
            }
            else if (count == 0 || hasEnded)
            {
                _result.TrySetResult(new(PeekEnd.Fin, count));
            }
        }
    }
}
