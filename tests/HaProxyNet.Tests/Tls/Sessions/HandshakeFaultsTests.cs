using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.Tls.Sessions;

public sealed class HandshakeFaultsTests
{
    private const int Alert = 21;
    private const int Handshake = 22;
    private const int None = -1;

    [Theory]
    [InlineData("no shared cipher", Handshake, false, "", HandshakeStatus.NoAgreement)]
    [InlineData("unsupported protocol", Handshake, false, "", HandshakeStatus.NoAgreement)]
    [InlineData("no application protocol", Handshake, false, "", HandshakeStatus.NoAgreement)]
    [InlineData("no suitable key share", Handshake, false, "", HandshakeStatus.NoAgreement)]
    [InlineData("tlsv1 alert protocol version", Handshake, false, "", HandshakeStatus.NoAgreement)]
    [InlineData("tlsv1 alert unknown ca", Handshake, true, "", HandshakeStatus.RefusedByPeer)]
    [InlineData("ssl/tls alert bad certificate", Handshake, false, "", HandshakeStatus.RefusedByPeer)]
    [InlineData("sslv3 alert handshake failure", Alert, false, "", HandshakeStatus.RefusedByPeer)]
    [InlineData("", Alert, true, "", HandshakeStatus.RefusedByPeer)]
    [InlineData("wrong version number", (int)'G', false, "", HandshakeStatus.NotTls)]
    [InlineData("http request", (int)'G', true, "", HandshakeStatus.NotTls)]
    [InlineData("", None, true, "", HandshakeStatus.PeerGone)]
    [InlineData("", Handshake, true, "", HandshakeStatus.PeerGone)]
    [InlineData("length mismatch", Handshake, false, "", HandshakeStatus.Failed)]
    [InlineData("", None, false, "", HandshakeStatus.Failed)]
    [InlineData("certificate verify failed", Handshake, false, "it is expired", HandshakeStatus.CertificateRefused)]
    public void Judge_Fault_Status(string reason, int firstByte, bool hasEnded, string refusal, object status)
        => Assert.Equal(status, HandshakeFaults.Judge(reason, firstByte, hasEnded, refusal).Status);

    /// <summary>Of all bytes, those two.</summary>
    [Fact]
    public void IsTls_FirstByte_OnlyAHandshakeOrAnAlert()
        => Assert.Equal([Alert, Handshake], Enumerable.Range(-1, 257).Where(HandshakeFaults.IsTls));

    [Fact]
    public void Judge_RefusedCertificate_TheReasonIsTold()
        => Assert.Equal(
            "it is expired", HandshakeFaults.Judge("certificate verify failed", Handshake, hasEnded: false, "it is expired").Words);

    [Fact]
    public void Judge_LibrarysReason_IsTold()
        => Assert.Contains(
            "no shared cipher", HandshakeFaults.Judge("no shared cipher", Handshake, hasEnded: false, "").Words, StringComparison.Ordinal);
}
