using System.Net.Security;
using HaProxyNet.Tls.Reencrypting;

namespace HaProxyNet.Health.Probing;

/// <summary>The TLS session of a probe: by the cluster's terms where connections of clients have some, so that it says what they would find; else by its own.</summary>
/// <param name="Host">The server name that is asked for; empty: the destination's host.</param>
/// <param name="Verify">Whether the certificate must be trusted and bear that name.</param>
internal sealed record ProbeTls(string Host, bool Verify)
{
    /// <summary>Makes a session on a connection, which it owns from here on.</summary>
    /// <exception cref="System.Security.Authentication.AuthenticationException">There is none to be had.</exception>
    public async ValueTask<SslStream> OpenAsync(Stream connection, ProbeTarget target, CancellationToken deadline)
    {
        if (target.Terms is { } terms)
        {
            return await ProbedHandshake.OpenAsync(connection, terms, deadline);
        }

        var session = new SslStream(connection);
        try
        {
            await session.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions
                {
                    TargetHost = Host.Length > 0 ? Host : target.Host,
#pragma warning disable CA5359 // The operator said so: a heartbeat that is asked by address has no name that a certificate could bear.
                    RemoteCertificateValidationCallback = Verify ? null : static (_, _, _, _) => true,
#pragma warning restore CA5359
                },
                deadline);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }
}
