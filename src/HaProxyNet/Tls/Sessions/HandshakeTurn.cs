using System.Threading.Tasks.Sources;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.Sessions;

/// <summary>One connection's wait for its turn to shake hands. Granted or given up, once.</summary>
internal sealed class HandshakeTurn(LaneConnection connection) : IValueTaskSource<bool>
{
    private ManualResetValueTaskSourceCore<bool> _source;
    private int _decided;

    /// <summary>True when the turn has come, false when it was given up. On the connection's lane.</summary>
    public ValueTask<bool> Task => new(this, _source.Version);

    /// <summary>Gives the turn; false when nobody wants it any more. Any thread.</summary>
    public bool TryGrant()
    {
        if (Interlocked.Exchange(ref _decided, 1) != 0)
        {
            return false;
        }

        // Not within the call of the one that gives it back: a hundred waiters would run in one another.
        connection.Lane.RunSoon(connection, static (_, turn) => ((HandshakeTurn)turn)._source.SetResult(true), this);
        return true;
    }

    /// <summary>Ends the wait. On the connection's lane.</summary>
    public void GiveUp()
    {
        if (Interlocked.Exchange(ref _decided, 1) == 0)
        {
            _source.SetResult(false);
        }
    }

    bool IValueTaskSource<bool>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<bool>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<bool>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);
}
