namespace HaProxyNet.Tls.OpenSsl.Native;

/// <summary>Numbers of OpenSSL 3, with the header that defines each; they do not change within a major version.</summary>
internal static class SslNumbers
{
    // openssl/crypto.h.
    public const ulong InitializeNoAtExit = 0x00080000;

    // openssl/ssl.h: what SSL_get_error tells.
    public const int ErrorNone = 0;
    public const int ErrorSsl = 1;
    public const int ErrorWantRead = 2;
    public const int ErrorWantWrite = 3;
    public const int ErrorZeroReturn = 6;

    // openssl/ssl.h: commands of SSL_CTX_ctrl and SSL_ctrl, which the manual describes under the macros' names.
    public const int ControlMode = 33;
    public const int ControlReadAhead = 41;
    public const int ControlSessionCacheMode = 44;
    public const int ControlMostCertificateBytes = 51;
    public const int ControlServerNameCallback = 53;
    public const int ControlHostName = 55;
    public const int ControlChainCertificate = 89;
    public const int ControlMinVersion = 123;
    public const int ControlMaxVersion = 124;

    // openssl/ssl.h: SSL_MODE_*. A write that is tried again may come from another address; buffers are freed while they are empty.
    public const int ModeAcceptMovingWriteBuffer = 0x2;
    public const int ModeReleaseBuffers = 0x10;

    // openssl/ssl.h: SSL_OP_*.
    public const ulong OptionIgnoreUnexpectedEof = 1 << 7;
    public const ulong OptionNoTicket = 1 << 14;
    public const ulong OptionNoCompression = 1 << 17;
    public const ulong OptionServerPreference = 1 << 22;
    public const ulong OptionNoRenegotiation = 1 << 30;

    // openssl/ssl.h: SSL_VERIFY_*.
    public const int VerifyPeer = 1;
    public const int VerifyFailWithoutCertificate = 2;

    // openssl/tls1.h.
    public const int Tls12 = 0x0303;
    public const int Tls13 = 0x0304;
    public const int NameTypeHost = 0;
    public const int ExtensionOk = 0;
    public const int ExtensionFatal = 2;
    public const int ExtensionNoAcknowledge = 3;
    public const int ProtocolNegotiated = 1;

    // openssl/x509_vfy.h: the peer is told "bad certificate".
    public const int CertificateRejected = 28;

    // openssl/bio.h.
    public const int BioSourceSink = 0x0400;
    public const int BioRead = 0x01;
    public const int BioWrite = 0x02;
    public const int BioRetry = 0x08;
    public const int BioAllRetry = 0x0f;
    public const int BioControlEof = 2;
    public const int BioControlFlush = 11;

    // openssl/sslerr.h and err.h: the reason is in the lower bits of an error.
    public const int ReasonMask = 0x7fffff;
    public const int ReasonNoCertificate = 199;
}
