using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>Clients at a fixed pace, whatever becomes of those before: each shakes hands, has four bytes sent back, and closes.</summary>
internal sealed class HandshakeLoad(int port, string serverName, int perSecond) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<string> _failures = new();
    private readonly ConcurrentQueue<string> _serials = new();
    private Task _running = Task.CompletedTask;

    /// <summary>What went wrong, one line a client.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>The serial numbers of the certificates that clients were shown, in the order in which they began.</summary>
    public IReadOnlyCollection<string> Serials => _serials;

    public void Start() => _running = RunAsync();

    /// <summary>Starts no more, and waits for those that are under way.</summary>
    public async Task FinishAsync()
    {
        await _stop.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await FinishAsync();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        var clients = new List<Task>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / perSecond));
        try
        {
            while (await pace.WaitForNextTickAsync(_stop.Token))
            {
                clients.Add(CallAsync());
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(clients);
        }
    }

    private async Task CallAsync()
    {
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
            await using var tls = new SslStream(new NetworkStream(socket));
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = serverName,
#pragma warning disable CA5359 // The test looks at which one it is.
                RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
            });
            _serials.Enqueue(tls.RemoteCertificate is X509Certificate2 shown ? shown.SerialNumber : "none");
            await tls.WriteAsync("ping"u8.ToArray());
            await tls.ReadExactlyAsync(new byte[4]);
            await tls.ShutdownAsync();
        }
        catch (Exception fault) when (fault is SocketException or IOException or AuthenticationException)
        {
            _failures.Enqueue($"after {_serials.Count}: {fault.Message} {fault.InnerException?.Message}");
        }
    }
}
