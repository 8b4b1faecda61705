using System.Net.Security;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// A session of OpenSSL on a socket of the Reactor: bytes go from the caller's memory through the ciphers to the system, with nothing
/// between. The library calls back only within a call to it, on the same thread: <see cref="Current"/> is whose call it is. This half is
/// the handshake; the other one moves bytes.
/// </summary>
internal abstract partial class OpenSslSession(ReactorLaneSocket socket, InternalFaults faults) : TlsSession(socket)
{
    private static long _live;

    [ThreadStatic]
    private static OpenSslSession? _current;

    /// <summary>The library's object; 0 before the handshake and after the end.</summary>
    private nint _ssl;
    private string _refusal = "";
    private string _peerSubject = "";
    private string? _peerCommonName;

    /// <summary>Objects of the library that have not been freed.</summary>
    public static long Live => Volatile.Read(ref _live);

    /// <summary>The session in whose call to the library this thread is.</summary>
    public static OpenSslSession Current => _current!;

    /// <summary>Called by OpenSSL to judge the peer's certificate, in place of its own rules.</summary>
    public static unsafe delegate* unmanaged[Cdecl]<nint, nint, int> OnVerify => &Verify;

    /// <summary>Whether the first message is ours.</summary>
    protected abstract bool SpeaksFirst { get; }

    /// <summary>The name that the client asked for; empty: none.</summary>
    protected abstract string ServerName { get; }

    /// <summary>The application protocols that may be agreed on.</summary>
    protected abstract IReadOnlyList<string> Protocols { get; }

    /// <summary>Why a peer without a certificate is not taken.</summary>
    protected abstract string WordsForNoCertificate { get; }

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    public override async ValueTask<HandshakeResult> HandshakeAsync(IHandshakePace pace)
    {
        socket.IsCostly = true;
        try
        {
            if (!SpeaksFirst)
            {
                // Before its first byte a client costs nothing.
                await pace.RestAsync(socket.WaitReadableAsync());
            }

            Open();
            while (true)
            {
                switch (TryHandshake())
                {
                    case SslNumbers.ErrorNone:
                        Facts = ReadFacts();
                        return HandshakeResult.Success;
                    case SslNumbers.ErrorWantRead:
                        await pace.RestAsync(socket.WaitReadableAsync());
                        break;
                    case SslNumbers.ErrorWantWrite:
                        await pace.RestAsync(socket.WaitWritableAsync());
                        break;
                    default:
                        return Fault();
                }
            }
        }
        catch (OpenSslException fault)
        {
            return new(HandshakeStatus.Failed, fault.Message);
        }
        finally
        {
            End();
            socket.IsCostly = false;
        }
    }

    public override void Dispose()
    {
        if (_ssl != 0)
        {
            _current = this;
            LibSsl.Free(_ssl);
            _ssl = 0;
            Interlocked.Decrement(ref _live);
        }

        base.Dispose();
    }

    /// <summary>Makes the library's object; 0 when there is no memory for it.</summary>
    /// <exception cref="OpenSslException">The library does not take what it is to work with.</exception>
    protected abstract nint Begin();

    /// <summary>The handshake is over.</summary>
    protected abstract void End();

    /// <summary>The certificate of ours that the peer was shown; null: clients alone are told.</summary>
    protected virtual ServerCertificate? ShownIn(nint ssl) => null;

    /// <summary>Whether the peer's certificate is taken.</summary>
    protected abstract CertificateVerdict Judge(X509Certificate2? certificate, X509Certificate2Collection sent);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Verify(nint verification, nint argument)
    {
        var session = Current;
        try
        {
            using var own = PeerCertificates.Own(verification);
            var verdict = session.Judge(own, PeerCertificates.Sent(verification));
            (session._refusal, session._peerSubject) = (verdict.Reason, own?.Subject ?? "");
            session._peerCommonName = own is null ? null : CertificateNames.CommonName(own);
            if (verdict.IsAccepted)
            {
                return 1;
            }
        }
#pragma warning disable CA1031 // An exception may not go through OpenSSL's frames: the certificate is not taken instead.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            session._refusal = $"the peer's certificate cannot be read: {fault.Message}";
            if (fault is not CryptographicException)
            {
                session.Report(fault);
            }
        }

        // The chain was built by the same library on this thread: its errors are not this handshake's.
        LibCrypto.ClearErrors();
        LibCrypto.SetVerificationError(verification, SslNumbers.CertificateRejected);
        return 0;
    }

    /// <summary>What a callback threw: an exception may not go through OpenSSL's frames, for it would end the process.</summary>
    public void Report(Exception fault) => faults.Report(FaultPlace.Tls, fault);

    private void Open()
    {
        _ssl = Begin();
        if (_ssl == 0)
        {
            throw new OpenSslException("OpenSSL has no memory for a session");
        }

        Interlocked.Increment(ref _live);
        var bio = SocketBio.Create();
        LibSsl.SetBio(_ssl, bio, bio);
    }

    private int TryHandshake()
    {
        Enter();
        var result = LibSsl.DoHandshake(_ssl);
        return result == 1 ? SslNumbers.ErrorNone : LibSsl.GetError(_ssl, result);
    }

    /// <summary>Before every call: says whose it is, and makes <c>SSL_get_error</c> tell of this call alone.</summary>
    private void Enter()
    {
        _current = this;
        LibCrypto.ClearErrors();
    }

    private HandshakeResult Fault()
    {
        if (SslErrors.Reason == SslNumbers.ReasonNoCertificate)
        {
            _refusal = WordsForNoCertificate;
        }

        return HandshakeFaults.Judge(SslErrors.Text, _firstByte, HasEnded, _refusal);
    }

    private unsafe TlsFacts ReadFacts()
    {
        byte* name;
        uint length;
        LibSsl.SelectedAlpn(_ssl, &name, &length);
        return new TlsFacts(
            LibSsl.Version(_ssl) switch
            {
                SslNumbers.Tls13 => "1.3",
                SslNumbers.Tls12 => "1.2",
                _ => "other",
            },
            ((TlsCipherSuite)LibSsl.CipherId(LibSsl.CurrentCipher(_ssl))).ToString(),
            length == 0 ? "" : ProtocolOf(new ReadOnlySpan<byte>(name, (int)length)),
            ServerName,
            _peerSubject)
        {
            PeerCommonName = _peerCommonName,
            Shown = ShownIn(_ssl)?.Shown,
        };
    }

    private string ProtocolOf(ReadOnlySpan<byte> name)
    {
        var text = Encoding.UTF8.GetString(name);
        return Protocols.FirstOrDefault(protocol => protocol.Equals(text, StringComparison.Ordinal)) ?? text;
    }
}
