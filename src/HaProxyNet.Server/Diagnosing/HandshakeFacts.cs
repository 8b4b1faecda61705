namespace HaProxyNet.Server.Diagnosing;

/// <summary>What one TLS handshake with a destination has shown.</summary>
/// <param name="Version">The version that was agreed on; empty when none was.</param>
/// <param name="Cipher">The cipher suite; empty when none was agreed on.</param>
/// <param name="Certificate">The certificate; it can have come even though the handshake failed.</param>
/// <param name="Refusal">Why the proxy would not take the certificate, by the rules of the cluster; empty when it would.</param>
/// <param name="Failure">Why the handshake failed; empty when it did not.</param>
internal sealed record HandshakeFacts(string Version, string Cipher, ShownCertificate? Certificate, string Refusal, string Failure);
