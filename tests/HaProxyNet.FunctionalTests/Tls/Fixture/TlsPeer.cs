using System.Net.Security;
using System.Net.Sockets;
using HaProxyNet.FunctionalTests.Fixture;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>A peer that speaks TLS on its socket. It counts what is inside the session.</summary>
internal sealed class TlsPeer : TestPeer
{
    private readonly TurnStream _stream;

    private TlsPeer(TestPeer peer, TurnStream stream, SslStream ssl)
        : base(peer.Socket, peer.Traffic)
        => (_stream, Ssl) = (stream, ssl);

    /// <summary>The session.</summary>
    public SslStream Ssl { get; }

    /// <summary>Shakes hands as a client.</summary>
    public static async Task<TlsPeer> ClientAsync(TestPeer peer, SslClientAuthenticationOptions? options = null)
    {
        var stream = new TurnStream(peer.Socket);
        var ssl = new SslStream(stream);
        using var bound = new CancellationTokenSource(Eventually.Bound);
        return await stream.TakeAsync(async () =>
        {
            await ssl.AuthenticateAsClientAsync(options ?? TestCertificates.ClientOptions(), bound.Token);
            return new TlsPeer(peer, stream, ssl);
        });
    }

    /// <summary>Shakes hands as a server.</summary>
    public static async Task<TlsPeer> ServerAsync(
        TestPeer peer,
        SslServerAuthenticationOptions? options = null,
        Action<string>? asked = null)
    {
        var stream = new TurnStream(peer.Socket);
        var ssl = new SslStream(stream);
        using var bound = new CancellationTokenSource(Eventually.Bound);
        return await stream.TakeAsync(async () =>
        {
            await ssl.AuthenticateAsServerAsync(
                (_, hello, _, _) =>
                {
                    asked?.Invoke(hello.ServerName);
                    return new(options ?? TestCertificates.ServerOptions());
                },
                state: null,
                bound.Token);
            return new TlsPeer(peer, stream, ssl);
        });
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
        await _stream.TakeAsync(async () =>
        {
            await Ssl.ShutdownAsync();
            return 0;
        });
        FinishSending();
    }

    /// <summary>A reset as the socket would tell it.</summary>
    private async Task<int> UnwrappedAsync(Func<Task<int>> work)
    {
        try
        {
            return await _stream.TakeAsync(work);
        }
        catch (IOException fault) when (fault.InnerException is SocketException inner)
        {
            throw new SocketException((int)inner.SocketErrorCode);
        }
    }
}
