using System.Net.Security;
using System.Runtime.CompilerServices;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// A session of <see cref="SslStream"/>, directly on the socket. Its awaits capture no context, and the lane's waits go on within the call
/// that ends them, so its code runs on the lane like any other. It must: SslStream's shutdown does not take turns with a read that decrypts
/// on another thread, and two calls at once on a session of OpenSSL destroy the process's memory (measured: a crash within seconds). Only a
/// handshake, in which nothing else happens, judges the peer's chain off the lane. Whatever SslStream throws ends the session, and nothing
/// else.
/// </summary>
internal abstract class SslStreamSession : TlsSession
{
    private readonly LaneStream _stream;
    private readonly SslStream _ssl;
    private readonly InternalFaults _faults;
    private bool _broken;
    private bool _finished;

    protected SslStreamSession(LaneSocket socket, InternalFaults faults)
        : base(socket)
    {
        _faults = faults;
        _stream = new LaneStream(socket);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: true);
    }

    /// <summary>Why the peer's certificate was not taken; empty when it was.</summary>
    protected string Refusal { get; set; } = "";

    /// <summary>The name that the client asked for; empty: none.</summary>
    protected string ServerName { get; set; } = "";

    /// <summary>The certificate that a client was shown; null: the peer is a destination.</summary>
    protected ShownCertificate? Shown { get; set; }

    /// <summary>Where the peer's chain is judged; null when it is not asked for one.</summary>
    protected abstract JudgesBench? Bench { get; }

    public override async ValueTask<HandshakeResult> HandshakeAsync(IHandshakePace pace)
    {
        Socket.IsCostly = true;
        HandshakeResult result;
        try
        {
            Begin();
            _stream.BeginHandshake(pace, Bench, KeepsFirst);
            await AuthenticateAsync(_ssl);
            Facts = SslStreamFacts.Of(_ssl, ServerName, Shown);
            result = HandshakeResult.Success;
        }
#pragma warning disable CA1031 // The boundary of the library.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            result = Judge(fault);
        }

        _stream.EndHandshake();
        await Socket.ReturnAsync();
        End();
        Socket.IsCostly = false;
        return result;
    }

    /// <summary>A read into nothing waits for a whole record, and holds no buffer before its first byte has come.</summary>
    public override ValueTask WaitReadableAsync()
    {
        if (_broken)
        {
            return ValueTask.CompletedTask;
        }

        try
        {
            var wait = _ssl.ReadAsync(Memory<byte>.Empty);
            if (!wait.IsCompletedSuccessfully)
            {
                return FinishWaitAsync(wait);
            }

            _ = wait.Result;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Break(fault);
        }

        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> into)
    {
        if (_broken)
        {
            return new(End(0));
        }

        try
        {
            var read = _ssl.ReadAsync(into);
            return read.IsCompletedSuccessfully ? new(End(read.Result)) : FinishReadAsync(read);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return new(Break(fault));
        }
    }

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data)
    {
        try
        {
            var write = _ssl.WriteAsync(data);
            if (!write.IsCompletedSuccessfully)
            {
                return FinishWriteAsync(write);
            }

            write.GetAwaiter().GetResult();
            return new(true);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Report(fault);
            return new(false);
        }
    }

    public override async ValueTask ShutdownSendAsync()
    {
        if (_finished)
        {
            return;
        }

        _finished = true;
        try
        {
            await _ssl.ShutdownAsync();
        }
#pragma warning disable CA1031 // As above. The peer has reset in the meantime, as a rule; the next read says so.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Report(fault);
        }

        Socket.ShutdownSend();
    }

    public override void Dispose()
    {
        _ssl.Dispose();
        base.Dispose();
    }

    /// <summary>Whether a chain is what the peer may have sent last.</summary>
    protected virtual bool IsChainDue => true;

    /// <summary>Before the handshake, on the lane.</summary>
    protected virtual void Begin()
    {
    }

    /// <summary>Whether <see cref="First"/> is needed.</summary>
    protected virtual bool KeepsFirst => false;

    /// <summary>What the peer has sent so far, while the first thing that is ours has not gone out.</summary>
    protected ReadOnlySpan<byte> First => _stream.TakeFirst();

    /// <summary>A client's hello is about to be answered.</summary>
    protected void CountAnew() => _stream.CountAnew();

    /// <summary>Begins the handshake.</summary>
    protected abstract Task AuthenticateAsync(SslStream ssl);

    /// <summary>After the handshake, on the lane.</summary>
    protected virtual void End()
    {
    }

    /// <summary>What a fault of the handshake means, where its text misleads; null where it does not.</summary>
    protected virtual HandshakeResult? Explain(Exception fault) => null;

    private HandshakeResult Judge(Exception fault)
    {
        if (_stream.HasSentTooMuch && IsChainDue)
        {
            return HandshakeFaults.TooMuch;
        }

        if (Explain(fault) is { } explained)
        {
            return explained;
        }

        Report(fault);
        return SslStreamFaults.Judge(fault, _stream, Refusal);
    }

    private void Report(Exception fault)
    {
        if (!SslStreamFaults.IsForeseeable(fault))
        {
            _faults.Report(FaultPlace.Tls, fault);
        }
    }

    private int Break(Exception fault)
    {
        _broken = true;
        Alert ??= TlsAlerts.Of(fault);
        Report(fault);
        return End(0);
    }

    private int End(int count) => count > 0 ? count : _stream.HasFailed ? Reset : _broken ? Broken : 0;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishWaitAsync(ValueTask<int> wait)
    {
        try
        {
            await wait;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Break(fault);
        }
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<int> FinishReadAsync(ValueTask<int> read)
    {
        try
        {
            return End(await read);
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            return Break(fault);
        }
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<bool> FinishWriteAsync(ValueTask write)
    {
        try
        {
            await write;
            return true;
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Report(fault);
            return false;
        }
    }
}
