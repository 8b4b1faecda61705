using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A destination in the test's process that speaks TLS and sends back what it gets. It can hang.</summary>
internal sealed class TlsEchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 _certificate;
    private readonly Task _serving;
    private volatile bool _isHung;

    private TlsEchoServer(X509Certificate2 certificate)
    {
        _certificate = certificate;
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>It accepts, and does nothing with what it has accepted.</summary>
    public bool IsHung
    {
        get => _isHung;
        set => _isHung = value;
    }

    public static TlsEchoServer Start(CertificateFiles files)
        => new(X509Certificate2.CreateFromPemFile(files.Certificate, files.Key));

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _serving;
        _certificate.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync();
                _ = ServeAsync(client, isHung: _isHung);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(Socket client, bool isHung)
    {
        await using var plain = new NetworkStream(client, ownsSocket: true);
        try
        {
            if (isHung)
            {
                await Task.Delay(TimeSpan.FromMinutes(1));
                return;
            }

            await using var secured = new SslStream(plain);
            await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate });
            var buffer = new byte[4096];
            while (await secured.ReadAsync(buffer) is > 0 and var count)
            {
                await secured.WriteAsync(buffer.AsMemory(0, count));
            }

            await secured.ShutdownAsync();
        }
        catch (Exception end) when (end is IOException or AuthenticationException)
        {
            // A probe, or an attempt that lost.
        }
    }
}
