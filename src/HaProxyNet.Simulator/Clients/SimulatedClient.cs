using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Simulator.Clients;

/// <summary>
/// A client like IdentityIQ: a connection for each request, the client speaks first and closes after the reply. It never tries a request
/// twice. Thread-safe.
/// </summary>
public sealed class SimulatedClient
{
    private readonly SimulatedClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Creates a client; nothing is connected yet.</summary>
    public SimulatedClient(SimulatedClientOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Creates a client of <paramref name="target"/> with the usual options.</summary>
    public SimulatedClient(EndPoint target, TimeProvider? time = null)
        : this(new SimulatedClientOptions { Target = target }, time)
    {
    }

    /// <summary>
    /// Sends a request and waits for its reply. What the network or the agent does wrong is an outcome, not an exception.
    /// </summary>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public async Task<RpcResult> SendAsync(RpcRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var frame = RpcXml.Encode(request);
        var attempt = new RpcAttempt(request.Id, _time);
        using var limit = new CancellationTokenSource(_options.Timeout, _time);
        await using var cancelled = cancellationToken.UnsafeRegister(static state => ((CancellationTokenSource)state!).Cancel(), limit);
        try
        {
            using var socket = await ConnectAsync(limit.Token);
            attempt.Connected();
            return await ExchangeAsync(socket, frame, attempt, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return attempt.End(RpcOutcome.TimedOut, $"no whole reply within {_options.Timeout}");
        }
        catch (Exception broken) when (broken is SocketException or IOException)
        {
            return attempt.End(attempt.IsConnected ? RpcOutcome.Reset : RpcOutcome.ConnectFailed, broken.Message);
        }
        catch (AuthenticationException refused)
        {
            return attempt.End(RpcOutcome.BadReply, refused.Message);
        }
        catch (FrameFormatException bad)
        {
            return attempt.End(RpcOutcome.BadReply, bad.Message);
        }
    }

    private async ValueTask<Socket> ConnectAsync(CancellationToken cancellationToken)
    {
        // A name may have addresses of both families: a socket without one tries them all.
        var socket = _options.Target is IPEndPoint address
            ? new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
            : new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.NoDelay = true;
            await socket.ConnectAsync(_options.Target, cancellationToken);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The stream to speak on: the connection itself, or TLS on it.</summary>
    private async ValueTask<Stream> SecureAsync(NetworkStream plain, CancellationToken cancellationToken)
    {
        if (_options.TlsServerName.Length == 0)
        {
            return plain;
        }

        var tls = new SslStream(plain, leaveInnerStreamOpen: true);
        var chain = new X509ChainPolicy { RevocationMode = X509RevocationMode.NoCheck };
        if (_options.Authorities.Count > 0)
        {
            chain.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.CustomTrustStore.AddRange(_options.Authorities);
        }

        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = _options.TlsServerName,
            CertificateChainPolicy = chain,
        }, cancellationToken);
        return tls;
    }

    private async Task<RpcResult> ExchangeAsync(
        Socket socket,
        ReadOnlyMemory<byte> frame,
        RpcAttempt attempt,
        CancellationToken cancellationToken)
    {
        await using var plain = new NetworkStream(socket);
        await using var stream = await SecureAsync(plain, cancellationToken);
        using var reader = new FrameReader(stream, _options.MaxReplyLength);
        await stream.WriteAsync(frame, cancellationToken);
        while (!reader.IsComplete)
        {
            if (!await reader.ReadMoreAsync(cancellationToken))
            {
                return reader.Received == 0
                    ? attempt.End(RpcOutcome.ClosedBeforeReply, "the connection was closed before the reply")
                    : attempt.End(RpcOutcome.Truncated, $"the connection was closed after {reader.Received} bytes of the reply");
            }

            attempt.GotBytes();
        }

        return attempt.End(RpcXml.DecodeReply(reader.Content));
    }
}
