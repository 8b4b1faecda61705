using System.Net.Sockets;
using System.Text;

namespace HaProxyNet.Tests.Server.Logging;

/// <summary>A datagram socket at a path, as journald has one.</summary>
internal sealed class DatagramReceiver : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };

    public DatagramReceiver(string path)
    {
        Path = path;
        File.Delete(path);
        _socket.Bind(new UnixDomainSocketEndPoint(path));
    }

    public string Path { get; }

    public string Receive()
    {
        var datagram = new byte[512 * 1024];
        return Encoding.UTF8.GetString(datagram, 0, _socket.Receive(datagram));
    }

    public void Dispose() => _socket.Dispose();
}
