using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace HaProxyNet.Transport.Async;

#pragma warning disable CA1822 // The compiler calls these members on an instance.

/// <summary>Builds methods that return <see cref="LaneRun"/>: <see cref="LaneAsyncMethodBuilder{T}"/> without a result.</summary>
internal struct LaneRunBuilder
{
    private LaneAsyncMethodBuilder<bool> _builder;

    /// <summary>Nothing to wait for.</summary>
    public readonly LaneRun Task => default;

    /// <summary>Called by the compiler's code.</summary>
    public static LaneRunBuilder Create() => default;

    /// <summary>Called by the compiler's code: runs the method up to its first wait.</summary>
    public readonly void Start<TStateMachine>(ref TStateMachine stateMachine)
        where TStateMachine : IAsyncStateMachine => stateMachine.MoveNext();

    /// <summary>Not called for state machines that are structs.</summary>
    public readonly void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    /// <summary>Called by the compiler's code: the method has ended.</summary>
    public readonly void SetResult() => _builder.Forget();

    /// <summary>Called by the compiler's code: the method broke its promise to catch everything.</summary>
    public readonly void SetException(Exception fault) => ExceptionDispatchInfo.Throw(fault);

    /// <summary>Called by the compiler's code: the method waits.</summary>
    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref stateMachine);

    /// <summary>Called by the compiler's code: the method waits.</summary>
    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion
        where TStateMachine : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref stateMachine);
}
