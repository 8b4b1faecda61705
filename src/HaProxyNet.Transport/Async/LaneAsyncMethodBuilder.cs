using System.Runtime.CompilerServices;

namespace HaProxyNet.Transport.Async;

#pragma warning disable CA1822 // The compiler calls these members on an instance.

/// <summary>
/// Builds the async methods of a connection's life without allocating once warm: the box that keeps a method's state while it waits is
/// taken from, and returned to, a list of the thread's own. The builder of the framework keeps one box a thread and one a core, which is
/// none for a lane with hundreds of connections in the same await.
/// </summary>
/// <remarks>
/// The execution context does not flow: nothing on a lane reads async locals. The returned task must be awaited exactly once, at once.
/// </remarks>
/// <typeparam name="T">The result.</typeparam>
internal struct LaneAsyncMethodBuilder<T>
{
    private LaneAsyncBox<T>? _box;
    private T _result;
    private bool _completed;

    /// <summary>The task that the caller awaits: the result itself where the method never had to wait.</summary>
    public ValueTask<T> Task
    {
        get
        {
            if (_completed)
            {
                return new ValueTask<T>(_result);
            }

            // Only a method that failed before its first await has no box yet.
            _box ??= new LaneAsyncBox<T>();
            return _box.Task;
        }
    }

    /// <summary>Called by the compiler's code.</summary>
    public static LaneAsyncMethodBuilder<T> Create() => default;

    /// <summary>Called by the compiler's code: runs the method up to its first wait.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Not called for state machines that are structs.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Called by the compiler's code: the method has ended.</summary>
    public void SetResult(T result)
    {
        if (_box is null)
        {
            _result = result;
            _completed = true;
        }
        else
        {
            _box.SetResult(result);
        }
    }

    /// <summary>Called by the compiler's code: the method has failed.</summary>
    public void SetException(Exception fault) => (_box ??= new LaneAsyncBox<T>()).SetException(fault);

    /// <summary>Called by the compiler's code: the method waits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine
        => awaiter.OnCompleted(LaneAsyncMethodBox<T, TStateMachine>.Of(ref _box, ref stateMachine).Continuation);

    /// <summary>Called by the compiler's code: the method waits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine
        => awaiter.UnsafeOnCompleted(LaneAsyncMethodBox<T, TStateMachine>.Of(ref _box, ref stateMachine).Continuation);

    /// <summary>The method has ended, and nobody waits for its result.</summary>
    public readonly void Forget() => _box?.Return();
}
