using System.Net.Sockets;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// The slow attempts of one connection: they go on beside the next ones, and after the connection has let them go, for what their ends
/// say about their destinations.
/// </summary>
internal sealed class ManagedHedge(TimeProvider time, ManagedSocket client) : ILaneActivity
{
    private readonly Lock _gate = new();
    private readonly List<(ManagedConnect Connect, ISlowAttempt Attempt)> _pending = [];
    private (ISlowAttempt Attempt, Socket Socket)? _accepted;
    private ManagedConnect? _current;
    private TaskCompletionSource<ConnectStatus>? _alone;
    private ConnectStatus _last = ConnectStatus.TimedOut;
    private bool _letGo;

    /// <summary>An attempt goes on beside the others.</summary>
    public void Add(ManagedConnect connect, ISlowAttempt attempt, TimeSpan left)
    {
        lock (_gate)
        {
            _pending.Add((connect, attempt));
        }

        _ = WatchAsync(connect, attempt, left);
    }

    /// <summary>The next attempt of the connection begins: it ends when a slow one is accepted before it.</summary>
    public void Begin(ManagedConnect current)
    {
        lock (_gate)
        {
            _current = current;
            if (_accepted is not null)
            {
                current.Cancel(ConnectStatus.Overtaken);
            }
        }
    }

    /// <summary>Waits for the slow attempts alone.</summary>
    public Task<ConnectStatus> WaitAsync()
    {
        lock (_gate)
        {
            _current = null;
            if (_accepted is not null || _pending.Count == 0)
            {
                return Task.FromResult(_accepted is null ? _last : ConnectStatus.Overtaken);
            }

            _alone = new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _alone.Task;
        }
    }

    /// <inheritdoc/>
    public bool HasLostPeer => client.WasReset();

    public void Look(long now)
    {
        if (HasLostPeer)
        {
            Cancel(ConnectStatus.ClientGone);
        }
    }

    public void Abort(ConnectionOutcome outcome) => Cancel(ConnectStatus.Aborted);

    public void Overtake() => Cancel(ConnectStatus.Overtaken);

    /// <summary>Ends a wait for the slow attempts alone.</summary>
    private void Cancel(ConnectStatus status) => _alone?.TrySetResult(status);

    /// <summary>Ends the attempts that go to a destination that an operator has taken out.</summary>
    public void GiveUp(object target)
    {
        lock (_gate)
        {
            foreach (var (connect, _) in _pending.Where(p => ReferenceEquals(p.Attempt.Target, target)))
            {
                connect.Cancel(ConnectStatus.MovedOn);
            }
        }
    }

    /// <summary>The slow attempt that was accepted first, if one was; it is the connection's from here on.</summary>
    public (ISlowAttempt Attempt, Socket Socket)? TakeAccepted()
    {
        lock (_gate)
        {
            var accepted = _accepted;
            _accepted = null;
            return accepted;
        }
    }

    /// <summary>The connection has another destination, or has ended.</summary>
    public IReadOnlyList<ISlowAttempt> LetGo()
    {
        ISlowAttempt[] pending;
        lock (_gate)
        {
            _letGo = true;
            pending = [.. _pending.Select(p => p.Attempt)];
        }

        if (TakeAccepted() is { } accepted)
        {
            ManagedSocket.ResetAndDispose(accepted.Socket);
            accepted.Attempt.Report(ConnectStatus.Connected);
        }

        return pending;
    }

    private async Task WatchAsync(ManagedConnect connect, ISlowAttempt attempt, TimeSpan left)
    {
        using var _ = connect;
        var timer = time.CreateTimer(static c => ((ManagedConnect)c!).Cancel(ConnectStatus.TimedOut), connect, left, Timeout.InfiniteTimeSpan);
        await using (timer)
        {
            var (status, socket) = await connect.Ended;
            if (!TryKeep(attempt, status, socket))
            {
                if (status is ConnectStatus.Connected)
                {
                    ManagedSocket.ResetAndDispose(socket!);
                }

                attempt.Report(status);
            }
        }
    }

    /// <summary>Whether the connection takes what the attempt has connected.</summary>
    private bool TryKeep(ISlowAttempt attempt, ConnectStatus status, Socket? socket)
    {
        lock (_gate)
        {
            _pending.RemoveAll(p => ReferenceEquals(p.Attempt, attempt));
            var isWanted = status is ConnectStatus.Connected && !_letGo && _accepted is null;
            if (isWanted)
            {
                _accepted = (attempt, socket!);
                _current?.Cancel(ConnectStatus.Overtaken);
                _alone?.TrySetResult(ConnectStatus.Overtaken);
            }
            else if (_pending.Count == 0 && _accepted is null)
            {
                _last = status;
                _alone?.TrySetResult(status);
            }

            return isWanted;
        }
    }
}
