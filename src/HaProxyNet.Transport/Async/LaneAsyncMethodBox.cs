using System.Runtime.CompilerServices;

namespace HaProxyNet.Transport.Async;

/// <summary>Keeps the state of one async method while it waits.</summary>
/// <typeparam name="T">The method's result.</typeparam>
/// <typeparam name="TStateMachine">The compiler's form of the method.</typeparam>
internal sealed class LaneAsyncMethodBox<T, TStateMachine> : LaneAsyncBox<T>
    where TStateMachine : IAsyncStateMachine
{
    /// <summary>Boxes kept by a thread; what a burst needed beyond that is left to the collector.</summary>
    private const int Kept = 1024;

    [ThreadStatic]
    private static Stack<LaneAsyncMethodBox<T, TStateMachine>>? _free;

    private TStateMachine? _stateMachine;

    private LaneAsyncMethodBox() => Continuation = () => _stateMachine!.MoveNext();

    /// <summary>Goes on with the method.</summary>
    public Action Continuation { get; }

    /// <summary>A box without a method.</summary>
    public static LaneAsyncMethodBox<T, TStateMachine> Rent()
        => _free is { Count: > 0 } free ? free.Pop() : new LaneAsyncMethodBox<T, TStateMachine>();

    /// <summary>Takes the state over, at the method's first wait.</summary>
    public void Hold(in TStateMachine stateMachine) => _stateMachine = stateMachine;

    public override void Return()
    {
        _stateMachine = default;
        var free = _free ??= new Stack<LaneAsyncMethodBox<T, TStateMachine>>();
        if (free.Count < Kept)
        {
            free.Push(this);
        }
    }
}
