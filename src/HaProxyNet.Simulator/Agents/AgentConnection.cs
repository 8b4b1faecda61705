using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// One accepted connection: receive the request, work, reply, wait for the client's close; or whatever the agent's fault makes of it.
/// </summary>
internal sealed class AgentConnection : IDisposable
{
    // A handshake record (22) of TLS 1.2's wire version that announces 122 bytes and delivers the first 2: a ServerHello (2) begins.
    private static readonly ReadOnlyMemory<byte> _beginningOfServerHello = new byte[] { 22, 3, 3, 0, 122, 2, 0 };

    // Nobody reads what is discarded, so all connections discard into the same place.
    private static readonly byte[] _discarded = new byte[16 * 1024];

    private readonly SimulatedAgent _agent;
    private readonly Socket _socket;
    private readonly NetworkStream _stream;
    private readonly SslStream? _tls;
    private readonly FrameReader _reader;

    // Cancelled by a kill, and by the silence of the peer while we wait for it.
    private readonly CancellationTokenSource _end;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long _acceptedAt;
    private bool _executed;
    private bool _gotBytes;

    public AgentConnection(SimulatedAgent agent, Socket socket)
    {
        _agent = agent;
        _socket = socket;
        // Not the socket's owner: a NetworkStream that is would shut it down first, and a FIN would go before the RST.
        _stream = new NetworkStream(socket, ownsSocket: false);
        _tls = agent.Options.Certificate is null ? null : new SslStream(_stream, leaveInnerStreamOpen: true);
        _reader = new FrameReader(Content, agent.Options.MaxRequestLength);
        _end = new CancellationTokenSource(Timeout.InfiniteTimeSpan, agent.Time);
        _acceptedAt = agent.Time.GetTimestamp();
    }

    private Stream Content => _tls ?? (Stream)_stream;

    /// <summary>Ends when the connection is closed, however that came.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Serves the connection to its end. Never throws for what a peer or a kill does.</summary>
    public async Task ServeAsync()
    {
        var waited = _agent.Time.GetElapsedTime(_acceptedAt);
        _agent.Tally.Waited(waited);
        try
        {
            await (_agent.Fault switch
            {
                AgentFault.AcceptThenSilence => DiscardUntilClosedAsync(),
                AgentFault.HungHandshake => HangHandshakeAsync(),
                _ => AnswerAsync(waited),
            });
        }
        catch (Exception end) when (end is IOException or SocketException or ObjectDisposedException or OperationCanceledException
            or FrameFormatException or AuthenticationException)
        {
            // The peer went away, stayed silent or sent garbage, or the agent was killed: the counters tell.
        }
        finally
        {
            CountHowItEnded();
            Dispose();
        }
    }

    /// <summary>Resets the connection at once, from any thread.</summary>
    public void Abort()
    {
        try
        {
            _socket.LingerState = new LingerOption(enable: true, seconds: 0);
            _socket.Dispose();
            _end.Cancel();
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // It ended by itself meanwhile.
        }
    }

    public void Dispose()
    {
        _reader.Dispose();
        _tls?.Dispose();
        _stream.Dispose();
        _socket.Dispose();
        _end.Dispose();
        _agent.Forget(this);
        _ended.TrySetResult();
    }

    private async Task AnswerAsync(TimeSpan waited)
    {
        if (await ReceiveRequestAsync() is not { } request)
        {
            return;
        }

        var startedAt = _agent.Time.GetTimestamp();
        _executed = true;
        _agent.Tally.Executing(_agent.Ledger.Record(_agent.Options.Name, request.Id));
        try
        {
            if (request.Work > TimeSpan.Zero)
            {
                await Task.Delay(request.Work, _agent.Time, _end.Token);
            }

            var reply = new RpcReply(
                request.Id, request.Operation, _agent.Identity, _agent.Time.GetElapsedTime(startedAt), waited, request.ReplySize);
            if (!await ReplySender.SendAsync(_socket, Content, RpcXml.Encode(reply), _agent.Fault, _agent.Options, _agent.Time, _end.Token))
            {
                return;
            }

            _agent.Tally.ReplySent();
        }
        finally
        {
            _agent.Tally.Executed();
        }

        _end.CancelAfter(_agent.Options.ReadTimeout);
        await DiscardUntilClosedAsync();
    }

    private async ValueTask<RpcRequest?> ReceiveRequestAsync()
    {
        _end.CancelAfter(_agent.Options.ReadTimeout);
        if (_tls is not null)
        {
            await _tls.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _agent.Options.Certificate }, _end.Token);
        }

        while (!_reader.IsComplete)
        {
            if (!await _reader.ReadMoreAsync(_end.Token))
            {
                return null;
            }
        }

        _end.CancelAfter(Timeout.InfiniteTimeSpan);
        return RpcXml.DecodeRequest(_reader.Content);
    }

    private async Task HangHandshakeAsync()
    {
        if (await DiscardAsync())
        {
            await _stream.WriteAsync(_beginningOfServerHello, _end.Token);
            await DiscardUntilClosedAsync();
        }
    }

    private async Task DiscardUntilClosedAsync()
    {
        while (await DiscardAsync())
        {
            // Until the client closes.
        }
    }

    private async ValueTask<bool> DiscardAsync()
    {
        var gotBytes = await _stream.ReadAsync(_discarded, _end.Token) > 0;
        _gotBytes |= gotBytes;
        return gotBytes;
    }

    private void CountHowItEnded()
    {
        if (_executed)
        {
            return;
        }

        if (_gotBytes || _reader.Received > 0)
        {
            _agent.Tally.Incomplete();
        }
        else
        {
            _agent.Tally.Empty();
        }
    }
}
