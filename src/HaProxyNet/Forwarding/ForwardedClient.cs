using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;

namespace HaProxyNet.Forwarding;

/// <summary>A client's connection as Kestrel's HTTP wants it.</summary>
internal sealed class ForwardedClient : DefaultConnectionContext, IDuplexPipe
{
    private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();
    private readonly PipedEnd _end;
    private readonly Action _cut;

    /// <param name="session">Where its requests find their destination.</param>
    /// <param name="end">The connection.</param>
    /// <param name="cut">Ends it at once.</param>
    public ForwardedClient(ForwardingSession session, PipedEnd end, Action cut)
    {
        (_end, _cut) = (end, cut);
        ConnectionId = session.Connection.ConnectionId;
        RemoteEndPoint = session.Connection.ClientEndPoint;
        LocalEndPoint = session.Connection.LocalEndPoint;
        ConnectionClosed = _closed.Token;
        Transport = this;
        Features.Set(session);
    }

    PipeReader IDuplexPipe.Input => _end.Input;

    PipeWriter IDuplexPipe.Output => _end.Output;

    /// <summary>Ends when Kestrel has done with it.</summary>
    public Task Left => _left.Task;

    /// <summary>The client has sent its FIN or has reset: a request of its own ends.</summary>
    public void OnEnd() => ThreadPool.UnsafeQueueUserWorkItem(static client => client._closed.Cancel(), this, preferLocal: false);

    public override void Abort(ConnectionAbortedException abortReason) => _cut();

    public override ValueTask DisposeAsync()
    {
        _left.TrySetResult();
        return base.DisposeAsync();
    }
}
