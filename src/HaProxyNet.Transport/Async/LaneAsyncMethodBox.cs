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

    /// <summary>The box of a method that waits: its own, or one that takes its state over at its first wait.</summary>
    /// <param name="known">
    /// Where the method's builder keeps its box. The builder is a part of the state: it must know its box before that is copied.
    /// </param>
    /// <param name="stateMachine">The state.</param>
    public static LaneAsyncMethodBox<T, TStateMachine> Of(ref LaneAsyncBox<T>? known, ref TStateMachine stateMachine)
    {
        if (known is LaneAsyncMethodBox<T, TStateMachine> own)
        {
            return own;
        }

        var box = _free is { Count: > 0 } free ? free.Pop() : new LaneAsyncMethodBox<T, TStateMachine>();
        known = box;
        box._stateMachine = stateMachine;
        return box;
    }

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
