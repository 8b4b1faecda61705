using System.Threading.Tasks.Sources;

namespace HaProxyNet.Transport.Async;

/// <summary>One thing that is waited for again and again by one waiter at a time; it goes on within the call that ends the wait.</summary>
internal sealed class LaneWait : IValueTaskSource
{
    private ManualResetValueTaskSourceCore<bool> _source;

    /// <summary>Whether someone waits.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>Begins a wait.</summary>
    public ValueTask Begin()
    {
        _source.Reset();
        IsWaiting = true;
        return new ValueTask(this, _source.Version);
    }

    /// <summary>Ends the wait, if there is one.</summary>
    public void End()
    {
        if (IsWaiting)
        {
            IsWaiting = false;
            _source.SetResult(true);
        }
    }

    void IValueTaskSource.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);
}
