using System.Security.Authentication;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.SslStreams;

namespace HaProxyNet.Tests.Tls.SslStreams;

public sealed class SslStreamFaultsTests
{
    [Theory]
    [InlineData(22, false, "error:0A0000C1:SSL routines::no shared cipher", nameof(HandshakeStatus.NoAgreement))]
    [InlineData(22, false, "error:0A000102:SSL routines::unsupported protocol", nameof(HandshakeStatus.NoAgreement))]
    [InlineData(22, false, "error:0A0000EB:SSL routines::no application protocol", nameof(HandshakeStatus.NoAgreement))]
    [InlineData(22, false, "error:0A000418:SSL routines::tlsv1 alert unknown ca", nameof(HandshakeStatus.RefusedByPeer))]
    [InlineData(22, true, "error:0A000418:SSL routines::tlsv1 alert unknown ca", nameof(HandshakeStatus.RefusedByPeer))]
    [InlineData(22, false, "error:0A00042E:SSL routines::tlsv1 alert protocol version", nameof(HandshakeStatus.NoAgreement))]
    [InlineData(21, false, "anything", nameof(HandshakeStatus.RefusedByPeer))]
    [InlineData(22, true, "Received an unexpected EOF or 0 bytes from the transport stream.", nameof(HandshakeStatus.PeerGone))]
    [InlineData(-1, true, "Received an unexpected EOF or 0 bytes from the transport stream.", nameof(HandshakeStatus.PeerGone))]
    [InlineData('G', false, "Cannot determine the frame size or a corrupted frame was received.", nameof(HandshakeStatus.NotTls))]
    [InlineData('G', true, "Received an unexpected EOF or 0 bytes from the transport stream.", nameof(HandshakeStatus.NotTls))]
    [InlineData(22, false, "error:0A000126:SSL routines::unexpected message", nameof(HandshakeStatus.Failed))]
    public async Task Judge_WhatWasSeen_IsWhatIsTold(int firstByte, bool ended, string text, string expected)
    {
        var fault = new AuthenticationException("Authentication failed, see inner exception.", new InvalidOperationException(text));

        var result = SslStreamFaults.Judge(fault, await StreamAsync(firstByte, ended), refusal: "");

        Assert.Equal(expected, result.Status.ToString());
        Assert.NotEmpty(result.Words);
        Assert.DoesNotContain("error:", result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Judge_OurRefusal_GoesFirst()
        => Assert.Equal(
            new(HandshakeStatus.CertificateRefused, "it expired"),
            SslStreamFaults.Judge(new AuthenticationException("rejected"), await StreamAsync(21, ended: true), "it expired"));

    /// <summary>.NET's chain builder throws it at codes of OpenSSL that it does not know.</summary>
    [Fact]
    public async Task Judge_ChainThatCannotBeBuilt_IsRefused()
        => Assert.Equal(
            HandshakeStatus.CertificateRefused,
            SslStreamFaults.Judge(
                new System.Security.Cryptography.CryptographicException("Unknown code"), await StreamAsync(22, ended: false), "").Status);

    [Theory]
    [InlineData(typeof(IOException), true)]
    [InlineData(typeof(ObjectDisposedException), true)]
    [InlineData(typeof(NullReferenceException), false)]
    [InlineData(typeof(IndexOutOfRangeException), false)]
    public void IsForeseeable_WhatPeersAndNetworksCause_NothingElse(Type type, bool expected)
    {
        var fault =
            type == typeof(ObjectDisposedException) ? new ObjectDisposedException("stream") : (Exception)Activator.CreateInstance(type)!;

        Assert.Equal(expected, SslStreamFaults.IsForeseeable(fault));
    }

    [Fact]
    public async Task Judge_LongText_IsCut()
        => Assert.InRange(
            SslStreamFaults.Judge(new IOException(new string('x', 5000)), await StreamAsync(22, ended: false), "").Words.Length, 1, 200);

    private static async Task<LaneStream> StreamAsync(int firstByte, bool ended)
    {
        var socket = new FakeLaneSocket();
        var stream = new LaneStream(socket);
        if (firstByte >= 0)
        {
            socket.Reads.Enqueue((0, [(byte)firstByte]));
            Assert.Equal(HandshakeFaults.IsTls(firstByte) ? 1 : 0, await stream.ReadAsync(new byte[1]));
        }

        if (ended)
        {
            socket.Reads.Enqueue((0, []));
            Assert.Equal(0, await stream.ReadAsync(new byte[1]));
        }

        return stream;
    }
}
