using System.Net.Security;
using System.Security.Cryptography;
using HaProxyNet.NetworkTests.Peers;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>A connection with TLS that ends in the proxy, to an <see cref="EchoServer"/>.</summary>
internal sealed class TlsEchoClient : IDisposable
{
    private readonly EchoClient _client;
    private readonly SslStream _stream;

    private TlsEchoClient(EchoClient client, SslStream stream) => (_client, _stream) = (client, stream);

    public string Address => _client.Socket.LocalEndPoint!.ToString()!;

    public static async Task<TlsEchoClient> ConnectAsync(int port)
    {
        var client = await EchoClient.ConnectAsync(port);
        var stream = new SslStream(new System.Net.Sockets.NetworkStream(client.Socket));
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "iqservice.corp.example",
#pragma warning disable CA5359 // The test's own proxy shows a certificate of the test's own.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        return new TlsEchoClient(client, stream);
    }

    /// <summary>Sends random bytes and expects the same back.</summary>
    public async Task ExchangeAsync()
    {
        var sent = RandomNumberGenerator.GetBytes(256);
        await _stream.WriteAsync(sent);
        var received = new byte[sent.Length];
        await _stream.ReadExactlyAsync(received);
        Assert.Equal(sent, received);
    }

    /// <summary>Ends in order, and waits for the other side's end.</summary>
    public async Task FinishAsync()
    {
        await _stream.ShutdownAsync();
        Assert.Equal(0, await _stream.ReadAsync(new byte[1]));
    }

    public void Dispose()
    {
        _stream.Dispose();
        _client.Dispose();
    }
}
