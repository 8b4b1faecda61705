using System.Net.Security;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// What a listener's settings are in <see cref="SslStream"/>'s types, made once. Cipher suites are left to the platform unless they are
/// configured: its list has forward secrecy alone, and sessions are resumed only without a list of one's own.
/// </summary>
internal sealed class SslStreamPolicy
{
    private readonly CipherSuitesPolicy? _cipherSuites;
    private readonly List<SslApplicationProtocol>? _alpn;

    public SslStreamPolicy(TlsServerSettings settings)
    {
        if (settings.CipherSuites.Count > 0 && !OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            _cipherSuites = new CipherSuitesPolicy(settings.CipherSuites.Select(Enum.Parse<TlsCipherSuite>));
        }

        if (settings.Alpn.Count > 0)
        {
            _alpn = [.. settings.Alpn.Select(name => new SslApplicationProtocol(name))];
        }
    }

    public void Apply(SslServerAuthenticationOptions options)
    {
        if (!OperatingSystem.IsWindows() && !OperatingSystem.IsAndroid())
        {
            options.CipherSuitesPolicy = _cipherSuites;
        }

        options.ApplicationProtocols = _alpn;
    }
}
