using System.Net;
using System.Net.Security;
using System.Net.Sockets;

namespace HaProxyNet.FunctionalTests.Tls.Fixture;

/// <summary>The first flight of a real client, for tests that send a part of it.</summary>
internal static class ClientHelloBytes
{
    /// <summary>One record with a whole ClientHello.</summary>
    public static async Task<byte[]> TakeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(listener.LocalEndPoint!);
        using var server = await listener.AcceptAsync();
        using var ssl = new SslStream(new NetworkStream(client));
        var handshake = ssl.AuthenticateAsClientAsync(TestCertificates.ClientOptions());
        var header = new byte[5];
        await ReadAsync(server, header);
        var body = new byte[(header[3] << 8) | header[4]];
        await ReadAsync(server, body);
        server.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => handshake);
        return [.. header, .. body];
    }

    private static async Task ReadAsync(Socket socket, byte[] into)
    {
        for (var at = 0; at < into.Length;)
        {
            at += await socket.ReceiveAsync(into.AsMemory(at)) is > 0 and var count
                ? count
                : throw new IOException("The client has ended.");
        }
    }
}
