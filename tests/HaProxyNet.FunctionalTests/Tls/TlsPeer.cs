using System.Net.Security;
using System.Net.Sockets;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Tls;

/// <summary>A peer that speaks TLS on its socket. It counts what is inside the session.</summary>
internal sealed class TlsPeer : TestPeer
{
    private const int MostShutdowns = 100;

    private TlsPeer(TestPeer peer, SslStream ssl)
        : base(peer.Socket, peer.Traffic)
        => Ssl = ssl;

    /// <summary>The session.</summary>
    public SslStream Ssl { get; }

    /// <summary>Shakes hands as a client.</summary>
    public static async Task<TlsPeer> ClientAsync(TestPeer peer, SslClientAuthenticationOptions? options = null)
    {
        var ssl = new SslStream(new NetworkStream(peer.Socket));
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await ssl.AuthenticateAsClientAsync(options ?? TestCertificates.ClientOptions(), bound.Token);
        return new TlsPeer(peer, ssl);
    }

    /// <summary>Shakes hands as a server.</summary>
    public static async Task<TlsPeer> ServerAsync(TestPeer peer, SslServerAuthenticationOptions? options = null, Action<string>? asked = null)
    {
        var ssl = new SslStream(new NetworkStream(peer.Socket));
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await ssl.AuthenticateAsServerAsync(
            (_, hello, _, _) =>
            {
                asked?.Invoke(hello.ServerName);
                return new(options ?? TestCertificates.ServerOptions());
            },
            state: null,
            bound.Token);
        return new TlsPeer(peer, ssl);
    }

    public override async Task SendAsync(ReadOnlyMemory<byte> data)
    {
        Traffic.AddOffered(data.Length);
        using var bound = new CancellationTokenSource(Eventually.Bound);
        await UnwrappedAsync(async () =>
        {
            await Ssl.WriteAsync(data, bound.Token);
            return 0;
        });
        AddSent(data.Length);
    }

    public override async Task<int> ReceiveAsync(Memory<byte> buffer)
    {
        using var bound = new CancellationTokenSource(Eventually.Bound);
        var count = await UnwrappedAsync(async () => await Ssl.ReadAsync(buffer, bound.Token));
        AddReceived(count);
        return count;
    }

    public override async Task FinishSendingAsync()
    {
        for (var tries = 1; !await TryShutdownAsync(isLast: tries == MostShutdowns); tries++)
        {
            await Task.Yield();
        }

        FinishSending();
    }

    /// <summary>
    /// SslStream's shutdown does not take turns with a read that is decrypting on another thread, and fails at times. Nothing has gone out then.
    /// </summary>
    private async Task<bool> TryShutdownAsync(bool isLast)
    {
        try
        {
            await Ssl.ShutdownAsync();
            return true;
        }
        catch (Exception fault) when (!isLast && fault.GetType().Name == "SslException")
        {
            return false;
        }
    }

    /// <summary>A reset as the socket would tell it.</summary>
    private static async Task<int> UnwrappedAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (IOException fault) when (fault.InnerException is SocketException inner)
        {
            throw new SocketException((int)inner.SocketErrorCode);
        }
    }
}
