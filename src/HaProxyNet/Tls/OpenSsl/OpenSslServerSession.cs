using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Own;
using HaProxyNet.Tls.Certificates.Peers;
using HaProxyNet.Tls.OpenSsl.Native;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Reactor.Relaying;

namespace HaProxyNet.Tls.OpenSsl;

/// <summary>A session with a client.</summary>
internal sealed unsafe class OpenSslServerSession(
    ReactorLaneSocket socket,
    ListenerTerms<OpenSslServerTerms> listener,
    InternalFaults faults) : OpenSslSession(socket, faults)
{
    /// <summary>The terms, during the handshake: what was renewed meanwhile is for those that come after.</summary>
    private OpenSslServerTerms? _terms;
    private OpenSslContext? _context;
    private string _serverName = "";

    /// <summary>Called by OpenSSL when it has read the client's hello: chooses the certificate.</summary>
    public static delegate* unmanaged[Cdecl]<nint, int*, nint, int> OnServerName => &ChooseCertificate;

    /// <summary>Called by OpenSSL when the client offers application protocols.</summary>
    public static delegate* unmanaged[Cdecl]<nint, byte**, byte*, byte*, uint, nint, int> OnAlpn => &ChooseProtocol;

    protected override bool SpeaksFirst => false;

    protected override string ServerName => _serverName;

    protected override IReadOnlyList<string> Protocols => listener.Settings.Alpn;

    protected override string WordsForNoCertificate => _terms!.Clients.Judge(certificate: null, chain: null).Reason;

    protected override nint Begin()
    {
        _terms = listener.Now();
        _context = _terms.First;
        var ssl = LibSsl.New(_context.Pointer);
        if (ssl != 0)
        {
            LibSsl.SetAcceptState(ssl);
        }

        return ssl;
    }

    protected override void End() => (_terms, _context) = (null, null);

    protected override ServerCertificate? ShownIn(nint ssl) => _context!.ShownIn(ssl);

    protected override CertificateVerdict Judge(X509Certificate2? certificate, X509Certificate2Collection sent)
        => _terms!.Clients.Judge(certificate, sent);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ChooseCertificate(nint ssl, int* alert, nint argument)
    {
        try
        {
            var session = (OpenSslServerSession)Current;
            var name = Marshal.PtrToStringUTF8(LibSsl.ServerName(ssl, SslNumbers.NameTypeHost));
            session._serverName = HostName.IsShowable(name) ? HostName.WithoutDot(name!) : "";
            session._context = session._terms!.Choose(name);
            LibSsl.SetContext(ssl, session._context.Pointer);
            return name is null ? SslNumbers.ExtensionNoAcknowledge : SslNumbers.ExtensionOk;
        }
#pragma warning disable CA1031 // An exception may not go through OpenSSL's frames: the handshake fails instead.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Current.Report(fault);
            return SslNumbers.ExtensionFatal;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int ChooseProtocol(nint ssl, byte** chosen, byte* chosenLength, byte* offered, uint offeredLength, nint argument)
    {
        try
        {
            // What is chosen is told by its address, within our list, which does not move; OpenSSL copies it when this returns.
            var ours = ((OpenSslServerSession)Current)._terms!.Alpn;
            fixed (byte* list = ours)
            {
                return LibSsl.SelectProtocol(
                    chosen, chosenLength, list, (uint)ours.Length, offered, offeredLength) == SslNumbers.ProtocolNegotiated
                    ? SslNumbers.ExtensionOk
                    : SslNumbers.ExtensionFatal;
            }
        }
#pragma warning disable CA1031 // As above.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Current.Report(fault);
            return SslNumbers.ExtensionFatal;
        }
    }
}
