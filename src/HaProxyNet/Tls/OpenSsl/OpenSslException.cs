namespace HaProxyNet.Tls.OpenSsl;

/// <summary>
/// OpenSSL does not take what it is to work with, such as a certificate or a cipher suite. The message is for an operator.
/// </summary>
internal sealed class OpenSslException(string message) : Exception(message);
