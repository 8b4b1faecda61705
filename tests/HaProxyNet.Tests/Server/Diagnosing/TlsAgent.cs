using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.Tests.Server.Diagnosing;

/// <summary>A TLS server on loopback that shows one certificate, and counts who came.</summary>
internal sealed class TlsAgent : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2? _certificate;
    private readonly Task _serving;
    private int _accepted;

    /// <summary>Without a certificate it is a server that speaks something else: it answers the first bytes with text.</summary>
    public TlsAgent(X509Certificate2? certificate)
    {
        _certificate = certificate;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _serving = ServeAsync();
    }

    public int Port { get; }

    public int Accepted => Volatile.Read(ref _accepted);

    public async ValueTask DisposeAsync()
    {
        // In this order: a stop ends a call that is under way in words of its own ("Invalid argument").
        await _stop.CancelAsync();
        await _serving;
        _listener.Stop();
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stop.Token);
                Interlocked.Increment(ref _accepted);
                _ = ShakeHandsAsync(client);
            }
        }
        catch (Exception end) when (end is OperationCanceledException or InvalidOperationException)
        {
            // The test has ended.
        }
    }

    private async Task ShakeHandsAsync(Socket client)
    {
        try
        {
            await using var stream = new NetworkStream(client, ownsSocket: true);
            if (_certificate is null)
            {
                await stream.ReadExactlyAsync(new byte[1], _stop.Token);
                await stream.WriteAsync("this is not TLS\r\n"u8.ToArray(), _stop.Token);
                return;
            }

            await using var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
            await tls.ReadExactlyAsync(new byte[1], _stop.Token);
        }
        catch (Exception gone) when (gone is IOException or AuthenticationException or OperationCanceledException)
        {
            // The other side has seen enough.
        }
    }
}
