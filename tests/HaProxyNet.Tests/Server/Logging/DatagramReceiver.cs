using System.Net.Sockets;
using System.Text;
using HaProxyNet.Upgrading.Wire;
using Microsoft.Win32.SafeHandles;

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

    /// <summary>Receives an entry that was sent as a file in memory, and whether somebody could still change it.</summary>
    public (string Text, bool CanBeChanged) ReceiveFile()
    {
        var descriptors = new List<int>();
        Assert.Equal(0, DescriptorPassing.Receive((int)_socket.Handle, new byte[64], descriptors));
        using var handle = new SafeFileHandle(Assert.Single(descriptors), ownsHandle: true);
        var content = new byte[RandomAccess.GetLength(handle)];
        RandomAccess.Read(handle, content, fileOffset: 0);
        try
        {
            RandomAccess.Write(handle, "x"u8, fileOffset: 0);
            return (Encoding.UTF8.GetString(content), true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return (Encoding.UTF8.GetString(content), false);
        }
    }

    public void Dispose() => _socket.Dispose();
}
