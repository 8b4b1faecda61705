using System.Net.Sockets;
using System.Threading.Tasks.Sources;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// One socket operation that can be awaited again and again. Errors come back as values: a peer that resets costs no exception. One
/// operation at a time.
/// </summary>
internal sealed class SocketOperation : SocketAsyncEventArgs, IValueTaskSource<SocketError>, IStrandWork
{
    private ManualResetValueTaskSourceCore<SocketError> _source;

    public SocketOperation()
        : base(true)
    {
    }

    /// <summary>Where the waiter goes on; null: at once, in the thread that the system tells.</summary>
    public ManagedStrand? Strand { get; set; }

    /// <summary>Lets the waiter go on.</summary>
    public void Run() => _source.SetResult(SocketError);

    /// <summary>Starts an operation.</summary>
    /// <param name="start">Calls the socket; returns whether the operation is pending.</param>
    /// <param name="socket">Handed to <paramref name="start"/>.</param>
    public ValueTask<SocketError> StartAsync(Func<Socket, SocketAsyncEventArgs, bool> start, Socket socket)
    {
        _source.Reset();
        try
        {
            return start(socket, this)
                ? new ValueTask<SocketError>(this, _source.Version)
                : new ValueTask<SocketError>(SocketError);
        }
        catch (ObjectDisposedException)
        {
            // Closed by the other direction of the relay in this very moment.
            return new ValueTask<SocketError>(SocketError.OperationAborted);
        }
    }

    SocketError IValueTaskSource<SocketError>.GetResult(short token) => _source.GetResult(token);

    ValueTaskSourceStatus IValueTaskSource<SocketError>.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource<SocketError>.OnCompleted(
        Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags)
        => _source.OnCompleted(continuation, state, token, flags);

    protected override void OnCompleted(SocketAsyncEventArgs e)
    {
        if (Strand is { } strand)
        {
            strand.Run(this);
        }
        else
        {
            Run();
        }
    }
}
