using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Security.Authentication;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// A session of <see cref="SslStream"/>, directly on the socket. Its awaits capture no context, and the lane's waits go on within the call
/// that ends them, so its code runs on the lane like any other. It must: SslStream's shutdown does not take turns with a read that decrypts on
/// another thread, and two calls at once on a session of OpenSSL destroy the process's memory (measured: a crash within seconds).
/// </summary>
internal abstract class SslStreamSession : TlsSession
{
    private readonly LaneStream _stream;
    private readonly SslStream _ssl;
    private bool _broken;
    private bool _finished;

    protected SslStreamSession(LaneSocket socket)
        : base(socket)
    {
        _stream = new LaneStream(socket);
        _ssl = new SslStream(_stream, leaveInnerStreamOpen: true);
    }

    /// <summary>Why the peer's certificate was not taken; empty when it was.</summary>
    protected string Refusal { get; set; } = "";

    /// <summary>The name that the client asked for; empty: none.</summary>
    protected string ServerName { get; set; } = "";

    public override async ValueTask<HandshakeResult> HandshakeAsync()
    {
        Socket.IsCostly = true;
        try
        {
            await AuthenticateAsync(_ssl);
            Facts = SslStreamFacts.Of(_ssl, ServerName);
            return HandshakeResult.Success;
        }
        catch (Exception fault) when (IsOfThePeer(fault))
        {
            return SslStreamFaults.Judge(fault, _stream, Refusal);
        }
        finally
        {
            Socket.IsCostly = false;
        }
    }

    /// <summary>A read into nothing waits for a whole record, and holds no buffer before its first byte has come.</summary>
    public override ValueTask WaitReadableAsync()
    {
        if (_broken)
        {
            return ValueTask.CompletedTask;
        }

        var wait = _ssl.ReadAsync(Memory<byte>.Empty);
        if (!wait.IsCompletedSuccessfully)
        {
            return FinishWaitAsync(wait);
        }

        _ = wait.Result;
        return ValueTask.CompletedTask;
    }

    public override ValueTask<int> ReadAsync(Memory<byte> into)
    {
        if (_broken)
        {
            return new(End(0));
        }

        var read = _ssl.ReadAsync(into);
        return read.IsCompletedSuccessfully ? new(End(read.Result)) : FinishReadAsync(read);
    }

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data)
    {
        var write = _ssl.WriteAsync(data);
        if (!write.IsCompletedSuccessfully)
        {
            return FinishWriteAsync(write);
        }

        write.GetAwaiter().GetResult();
        return new(true);
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
        catch (Exception fault) when (IsOfThePeer(fault))
        {
            // The peer has reset in the meantime; the next read says so.
        }

        Socket.ShutdownSend();
    }

    public override void Dispose()
    {
        _ssl.Dispose();
        base.Dispose();
    }

    /// <summary>Begins the handshake.</summary>
    protected abstract Task AuthenticateAsync(SslStream ssl);

    /// <summary>What <see cref="SslStream"/> throws for something that the peer or the network did, or that ended it from outside.</summary>
    private static bool IsOfThePeer(Exception fault)
        => fault is IOException or AuthenticationException or ObjectDisposedException or InvalidOperationException or System.ComponentModel.Win32Exception;

    private int End(int count) => count > 0 ? count : _stream.HasFailed ? Reset : _broken ? Broken : 0;

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FinishWaitAsync(ValueTask<int> wait)
    {
        try
        {
            await wait;
        }
        catch (Exception fault) when (IsOfThePeer(fault))
        {
            _broken = true;
        }
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private async ValueTask<int> FinishReadAsync(ValueTask<int> read)
    {
        try
        {
            return End(await read);
        }
        catch (Exception fault) when (IsOfThePeer(fault))
        {
            _broken = true;
            return End(0);
        }
    }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private static async ValueTask<bool> FinishWriteAsync(ValueTask write)
    {
        try
        {
            await write;
            return true;
        }
        catch (Exception fault) when (IsOfThePeer(fault))
        {
            return false;
        }
    }
}
