namespace HaProxyNet.Control.Documents;

/// <summary>A certificate that a listener shows, in <c>/api/v1/status</c>.</summary>
/// <param name="Subject">The name that operators recognise it by.</param>
/// <param name="Key">The kind of its key: <c>rsa</c> or <c>ecdsa</c>. Of two for one name, the client's hello chooses.</param>
/// <param name="Names">The DNS names that it holds for.</param>
/// <param name="Thumbprint">SHA-256, hexadecimal.</param>
/// <param name="NotAfter">When it expires.</param>
public sealed record CertificateStatus(
    string Subject,
    string Key,
    IReadOnlyList<string> Names,
    string Thumbprint,
    DateTimeOffset NotAfter);
