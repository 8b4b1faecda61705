using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Certificates;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// An <c>SSL_CTX</c>: a certificate, or one for each kind of key, and the terms on which it is shown. Sessions that were made from it keep
/// the library's own reference; this one goes with the object, so code that may still make sessions holds the object. Any thread.
/// </summary>
internal sealed unsafe class OpenSslContext : SafeHandle
{
    /// <summary>Clients that come back prove themselves to be the same by a ticket; one is enough, and each costs a record.</summary>
    private const int Tickets = 1;

    /// <summary>
    /// Bytes that are taken from the socket at once, while there are some: two records. Nothing is held when it is empty.
    /// </summary>
    private const int ReadBuffer = 2 * (16 * 1024 + 512);

    private readonly List<(nint Decoded, ServerCertificate Certificate)> _shown = [];

    /// <param name="isServer">Whether sessions are with clients; else with destinations.</param>
    /// <param name="oldest">The oldest version that is spoken.</param>
    /// <param name="suites">The cipher suites.</param>
    /// <exception cref="OpenSslException">The library does not take a suite.</exception>
    public OpenSslContext(bool isServer, TlsVersion oldest, CipherNames suites)
        : base(0, ownsHandle: true)
    {
        SetHandle(LibSsl.ContextNew(isServer ? LibSsl.ServerMethod() : LibSsl.ClientMethod()));
        Require(handle != 0, "no context can be made");
        LibSsl.ContextSetOptions(
            handle,
            SslNumbers.OptionNoCompression | SslNumbers.OptionNoRenegotiation | SslNumbers.OptionServerPreference

            // A peer that ends TCP alone has nothing more to say; what the proxy has to say to it still goes out.
            | SslNumbers.OptionIgnoreUnexpectedEof);
        Control(SslNumbers.ControlMode, SslNumbers.ModeAcceptMovingWriteBuffer | SslNumbers.ModeReleaseBuffers);
        Control(SslNumbers.ControlSessionCacheMode, 0);
        Control(SslNumbers.ControlReadAhead, 1);

        // The library parses what it is sent before anybody can judge it.
        Control(SslNumbers.ControlMostCertificateBytes, ChainLimits.MostBytes);
        LibSsl.ContextSetReadBuffer(handle, ReadBuffer);
        _ = LibSsl.ContextSetTickets(handle, Tickets);
        Control(SslNumbers.ControlMinVersion, oldest is TlsVersion.Tls13 || suites.Tls12.Length == 0 ? SslNumbers.Tls13 : SslNumbers.Tls12);
        if (suites.Tls12.Length > 0)
        {
            Require(LibSsl.ContextSetCipherList(handle, suites.Tls12) == 1, $"cipher suites '{suites.Tls12}'");
        }

        if (suites.Tls13 is { Length: > 0 })
        {
            Require(LibSsl.ContextSetCipherSuites(handle, suites.Tls13) == 1, $"cipher suites '{suites.Tls13}'");
        }
        else if (suites.Tls13 is not null)
        {
            Control(SslNumbers.ControlMaxVersion, SslNumbers.Tls12);
        }
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>The library's object, while this one is held.</summary>
    public nint Pointer => handle;

    /// <summary>
    /// Shows this certificate, with its chain. A second one with another kind of key is shown to clients that can verify it.
    /// </summary>
    /// <exception cref="OpenSslException">The library does not take the certificate or its key.</exception>
    public void Use(ServerCertificate certificate)
    {
        var what = $"the certificate '{CertificateNames.Display(certificate.Certificate)}'";
        var own = certificate.Certificate.RawData;
        fixed (byte* der = own)
        {
            Require(LibSsl.ContextUseCertificate(handle, own.Length, der) == 1, what);
        }

        foreach (var issuer in certificate.Chain)
        {
            Require(TryAddToChain(issuer), $"the chain of {what}");
        }

        UseKey(certificate.Certificate, what);
        _shown.Add((LibSsl.ContextCertificate(handle), certificate));
    }

    /// <summary>Which certificate a session of this context has shown: its peer had the choice between two kinds of keys.</summary>
    public ServerCertificate? ShownIn(nint ssl)
    {
        var decoded = LibSsl.Certificate(ssl);
        return _shown.Find(one => one.Decoded == decoded).Certificate;
    }

    /// <summary>Calls whatever asks the session that is in a call on this thread.</summary>
    public void Call(
        delegate* unmanaged[Cdecl]<nint, int*, nint, int> onServerName,
        delegate* unmanaged[Cdecl]<nint, byte**, byte*, byte*, uint, nint, int> onAlpn)
    {
        LibSsl.ContextSetServerNameCallback(handle, SslNumbers.ControlServerNameCallback, onServerName);
        LibSsl.ContextSetAlpnCallback(handle, onAlpn, 0);
    }

    /// <summary>Asks the peer for its certificate, which this judges.</summary>
    public void Verify(int mode, delegate* unmanaged[Cdecl]<nint, nint, int> judge)
    {
        LibSsl.ContextSetVerify(handle, mode, 0);
        LibSsl.ContextSetVerifyCallback(handle, judge, 0);
    }

    /// <summary>
    /// Tells peers whose certificates are taken: clients of Java and Windows choose among theirs by that. Each name once.
    /// </summary>
    /// <exception cref="OpenSslException">The library does not take one.</exception>
    public void Name(IEnumerable<X509Certificate2> authorities)
    {
        foreach (var authority in authorities.DistinctBy(a => Convert.ToHexString(a.SubjectName.RawData)))
        {
            Require(
                With(authority, decoded => LibSsl.ContextAddClientAuthority(handle, decoded) == 1),
                $"the authority '{CertificateNames.Display(authority)}'");
        }
    }

    /// <summary>Tickets would let a client in whose certificate is no longer taken.</summary>
    public void ForbidTickets()
    {
        LibSsl.ContextSetOptions(handle, SslNumbers.OptionNoTicket);
        _ = LibSsl.ContextSetTickets(handle, 0);
    }

    protected override bool ReleaseHandle()
    {
        LibSsl.ContextFree(handle);
        return true;
    }

    private static void Require(bool holds, string what)
    {
        if (!holds)
        {
            var why = SslErrors.Text;
            LibCrypto.ClearErrors();
            throw new OpenSslException($"OpenSSL does not take {what} ({why})");
        }
    }

    private nint Control(int command, nint number) => LibSsl.ContextControl(handle, command, number, 0);

    /// <summary>1: the context takes a reference of its own.</summary>
    private bool TryAddToChain(X509Certificate2 issuer)
        => With(issuer, decoded => LibSsl.ContextControl(handle, SslNumbers.ControlChainCertificate, 1, decoded) == 1);

    /// <summary>Gives a certificate to the library for one call.</summary>
    private static bool With(X509Certificate2 certificate, Func<nint, bool> call)
    {
        var bytes = certificate.RawData;
        fixed (byte* der = bytes)
        {
            var end = der;
            var decoded = LibCrypto.DecodeCertificate(0, &end, bytes.Length);
            if (decoded == 0)
            {
                return false;
            }

            var isTaken = call(decoded);
            LibCrypto.CertificateFree(decoded);
            return isTaken;
        }
    }

    private void UseKey(X509Certificate2 certificate, string what)
    {
        var bytes = certificate.GetRSAPrivateKey() is { } rsa ? Export(rsa)
            : certificate.GetECDsaPrivateKey() is { } ec ? Export(ec)
            : throw new OpenSslException($"{what} has a private key that is neither RSA nor ECDSA");
        try
        {
            fixed (byte* der = bytes)
            {
                var end = der;
                var key = LibCrypto.DecodePrivateKey(0, &end, bytes.Length);
                Require(key != 0, $"the private key of {what}");
                var isUsed = LibSsl.ContextUsePrivateKey(handle, key) == 1;
                LibCrypto.KeyFree(key);
                Require(isUsed, $"the private key of {what}");
            }
        }
        finally
        {
            CryptographicOperations.ZeroMemory(bytes);
        }
    }

    private static byte[] Export(AsymmetricAlgorithm key)
    {
        using (key)
        {
            return key.ExportPkcs8PrivateKey();
        }
    }
}
