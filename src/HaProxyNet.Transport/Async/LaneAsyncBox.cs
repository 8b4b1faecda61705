using System.Threading.Tasks.Sources;

namespace HaProxyNet.Transport.Async;

/// <summary>What the caller of an async method waits for.</summary>
/// <typeparam name="T">The result.</typeparam>
internal class LaneAsyncBox<T> : IValueTaskSource<T>
{
    private ManualResetValueTaskSourceCore<T> _source;

    /// <summary>The task of the method that runs in this box now.</summary>
    public ValueTask<T> Task => new(this, _source.Version);

    public void SetResult(T result) => _source.SetResult(result);

    public void SetException(Exception fault) => _source.SetException(fault);

    T IValueTaskSource<T>.GetResult(short token)
    {
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            _source.Reset();
            Return();
        }
    }

    ValueTaskSourceStatus IValueTaskSource<T>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<T>.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    /// <summary>The result was taken: the box can serve another call.</summary>
    public virtual void Return()
    {
    }
}
