using System.Net.Security;
using HaProxyNet.Configuration.Syntax;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Hello;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>A session with a client.</summary>
internal sealed class SslServerSession(LaneSocket socket, ListenerTerms<SslServerTerms> listener, JudgesBench bench, InternalFaults faults)
    : SslStreamSession(socket, faults)
{
    private SslServerTerms? _terms;
    private bool _hasChosen;

    protected override JudgesBench? Bench => _terms!.Clients.Mode is ClientCertificateMode.None ? null : bench;

    protected override bool IsChainDue => _hasChosen && Bench is not null;

    protected override bool KeepsFirst => _terms!.NeedsHello;

    protected override void Begin() => _terms = listener.Now();

    protected override Task AuthenticateAsync(SslStream ssl)
        => ssl.AuthenticateAsServerAsync(
            static (_, hello, session, _) => new(((SslServerSession)session!).Choose(hello.ServerName)), this, CancellationToken.None);

    protected override void End() => _terms = null;

    /// <summary>
    /// SslStream does not say that it cannot read a hello: it goes on without a certificate, and then misses it, or it reads behind the
    /// end.
    /// </summary>
    protected override HandshakeResult? Explain(Exception fault)
        => !_hasChosen && !SslStreamFaults.IsForeseeable(fault)
            ? new(HandshakeStatus.Failed, "its first message is not a hello that can be read")
            : null;

    /// <summary>The terms for a client that has asked for this name.</summary>
    private SslServerAuthenticationOptions Choose(string shownName)
    {
        _hasChosen = true;
        CountAnew();
        var serverName = HostName.AsSent(shownName);
        ServerName = HostName.IsShowable(serverName) ? HostName.WithoutDot(serverName) : "";
        var hello = _terms!.NeedsHello ? HelloParser.Parse(First, withAbilities: true).Hello : null;
        var certificate = _terms.Choose(serverName, hello);
        Shown = certificate.Shown;
        return _terms.For(certificate, refusal => Refusal = refusal);
    }
}
