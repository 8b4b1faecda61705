using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;
using HaProxyNet.StressTests.Planning;

namespace HaProxyNet.StressTests.Living;

/// <summary>One side of one connection: does what its plan says, compares what it reads, and judges its end.</summary>
internal sealed class Side(Life life, bool isClient, Socket socket)
{
    /// <summary>Far above what any life lasts on a slow machine: only a connection that hangs gets there.</summary>
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(60);

    private readonly SidePlan _plan = isClient ? life.Plan.Client : life.Plan.Destination;
    private readonly SideFacts _own = isClient ? life.Client : life.Destination;
    private readonly SideFacts _other = isClient ? life.Destination : life.Client;
    private readonly Pattern _mine = new(life.Plan.Number, isClient);
    private readonly Pattern _theirs = new(life.Plan.Number, !isClient);
    private readonly TaskCompletionSource _heard = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _peerEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private int HeaderSent => isClient && life.HasHeader ? Life.HeaderSize : 0;

    private int HeaderReceived => !isClient && life.HasHeader ? Life.HeaderSize : 0;

    /// <summary>Plays it to the end.</summary>
    public async Task PlayAsync()
    {
        using var bound = new CancellationTokenSource(_bound);
        var reading = ReadAsync(bound.Token);
        var sending = SendAsync(bound.Token);
        var seen = await reading;
        var whileSending = await sending;
        socket.Dispose();
        seen = whileSending is SeenEnd.None ? seen : whileSending;
        if (EndRules.Fault(seen, _own, _other, MayBeUnserved) is { } fault)
        {
            var plan = life.Plan;
            life.Tally.WrongEnd(
                $"connection {plan.Number} ({plan.Scenario}), {(isClient ? "client" : "destination")}: {fault}; "
                + $"client: {life.Client}; destination: {(life.IsServed ? life.Destination : "not served")}; "
                + $"plans: {plan.Client.End} at {plan.Client.EndAt} and {plan.Destination.End} at {plan.Destination.EndAt}; "
                + $"saw {seen}; to repeat: --only {plan.Scenario} --first {plan.Number} --connections 1");
        }
    }

    /// <summary>A destination that stops resets what it has not looked at yet; a client that goes unknown is known to none.</summary>
    private bool MayBeUnserved => isClient && life.Plan.Scenario is Scenario.Churn or Scenario.Anonymous && !life.IsServed;

    private async Task<SeenEnd> SendAsync(CancellationToken bound)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Math.Max(_plan.Piece, Life.HeaderSize));
        try
        {
            if (_plan.Listens)
            {
                await _heard.Task.WaitAsync(bound);
            }

            if (HeaderSent > 0)
            {
                BinaryPrimitives.WriteInt64LittleEndian(buffer, life.Plan.Number);
                await SendAllAsync(buffer.AsMemory(0, Life.HeaderSize), bound);
            }

            var last = _plan.End is SideEnd.ResetAfterSent ? _plan.EndAt : _plan.Bytes;
            for (var at = 0; at < last && !_own.Gone;)
            {
                var piece = buffer.AsMemory(0, Math.Min(_plan.Piece, last - at));
                _mine.Fill(piece.Span, at);
                await SendAllAsync(piece, bound);
                at += piece.Length;
            }

            await EndAsync(bound);
            return SeenEnd.None;
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            return SeenEnd.Hung;
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return SeenEnd.Reset;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private async Task EndAsync(CancellationToken bound)
    {
        switch (_plan.End)
        {
            case SideEnd.ResetAfterSent:
                Reset();
                break;
            case SideEnd.Close:
                _own.Finishes();
                _ = _own.Goes();
                socket.Dispose();
                break;
            case SideEnd.FinAfterPeer:
                await _peerEnded.Task.WaitAsync(bound);
                Finish();
                break;
            case SideEnd.FinTogether:
                await _complete.Task.WaitAsync(bound);
                await life.MeetAsync().WaitAsync(bound);
                Finish();
                break;
            case SideEnd.Fin or SideEnd.FinThenReset:
                Finish();
                break;
            default:
                break;
        }
    }

    private async Task<SeenEnd> ReadAsync(CancellationToken bound)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(_plan.ReadSize);
        try
        {
            while (true)
            {
                NoteProgress();
                if (_plan.ReadPause > TimeSpan.Zero)
                {
                    await Task.Delay(_plan.ReadPause, bound);
                }

                var count = await socket.ReceiveAsync(buffer.AsMemory(0, _plan.ReadSize), SocketFlags.None, bound);
                if (count == 0)
                {
                    return SeenEnd.Fin;
                }

                Compare(buffer.AsSpan(0, count));
                _own.Reads(count);
                _heard.TrySetResult();
            }
        }
        catch (OperationCanceledException) when (bound.IsCancellationRequested)
        {
            return SeenEnd.Hung;
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return SeenEnd.Reset;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            _heard.TrySetResult();
            _complete.TrySetResult();
            _peerEnded.TrySetResult();
            if (_plan.End is SideEnd.ResetAfterReceived)
            {
                Reset();
            }
        }
    }

    /// <summary>What happens at a point of what was received.</summary>
    private void NoteProgress()
    {
        var payload = _own.Received - HeaderReceived;
        var others = isClient ? life.Plan.Destination : life.Plan.Client;
        if (payload >= others.Bytes)
        {
            _complete.TrySetResult();
        }

        if (payload >= _plan.EndAt && (_plan.End is SideEnd.ResetAfterReceived || (_plan.End is SideEnd.FinThenReset && _own.Finished)))
        {
            Reset();
        }
    }

    private void Compare(ReadOnlySpan<byte> bytes)
    {
        var at = _own.Received - HeaderReceived;
        if (_theirs.Matches(bytes, at))
        {
            life.Tally.Verified(bytes.Length);
            return;
        }

        var plan = life.Plan;
        life.Tally.Mismatch(
            $"connection {plan.Number} ({plan.Scenario}), {(isClient ? "client" : "destination")}: bytes {at} to {at + bytes.Length} "
            + $"are not those that were sent; to repeat: --only {plan.Scenario} --first {plan.Number} --connections 1");
    }

    private async Task SendAllAsync(ReadOnlyMemory<byte> bytes, CancellationToken bound)
    {
        _own.Sends(bytes.Length);
        while (bytes.Length > 0)
        {
            bytes = bytes[await socket.SendAsync(bytes, SocketFlags.None, bound)..];
        }
    }

    private void Finish()
    {
        _own.Finishes();
        socket.Shutdown(SocketShutdown.Send);
    }

    private void Reset()
    {
        if (!_own.Goes())
        {
            return;
        }

        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }
}
