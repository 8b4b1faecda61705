using System.Threading.Tasks.Sources;

namespace HaProxyNet.Transport.Async;

/// <summary>
/// An await that always goes on somewhere else: on a lane, or on the thread pool. A task would not do: one that ends before it is awaited
/// goes on where it was.
/// </summary>
/// <param name="post">Runs a continuation with its state over there.</param>
internal sealed class LaneHop(Action<Action<object?>, object?> post) : IValueTaskSource
{
    /// <summary>To the thread pool.</summary>
    public static LaneHop ToPool { get; } =
        new(static (continuation, state) => ThreadPool.UnsafeQueueUserWorkItem(continuation, state, preferLocal: false));

    /// <summary>The hop. Any number may be under way.</summary>
    public ValueTask Task => new(this, 0);

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => ValueTaskSourceStatus.Pending;

    void IValueTaskSource.GetResult(short token)
    {
    }

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => post(continuation, state);
}
