using System.Net;
using System.Net.Sockets;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Handover;

/// <summary>
/// Listening sockets that another process has opened, by the address that they are bound to. One that was handed over is taken once.
/// One that is shared can be taken again after its listener was removed and came back. Connections that wait in a backlog are accepted by
/// the process that accepts next. Any thread.
/// </summary>
internal sealed class InheritedSockets(IEnumerable<InheritedSocket> sockets) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InheritedSocket> _byAddress = sockets.ToDictionary(AddressOf, StringComparer.Ordinal);

    /// <summary>Takes the socket of an address.</summary>
    /// <exception cref="SocketException">No descriptor is left for another one of a shared socket.</exception>
    public bool TryTake(IPEndPoint address, out InheritedSocket socket)
    {
        lock (_gate)
        {
            if (!_byAddress.TryGetValue(address.ToString(), out socket))
            {
                return false;
            }

            if (socket.IsShared)
            {
                var copy = Libc.FileControl(socket.Descriptor, Linux.DuplicateCloseOnExec, 0);
                Native.Descriptor.Require(copy < 0 ? Errno.Last : 0);
                socket = socket with { Descriptor = copy };
                return true;
            }

            return _byAddress.Remove(address.ToString());
        }
    }

    /// <summary>Closes what nobody has taken: a listener that is not configured any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var socket in _byAddress.Values)
            {
                _ = Libc.Close(socket.Descriptor);
            }

            _byAddress.Clear();
        }
    }

    private static string AddressOf(InheritedSocket socket)
        => Native.Descriptor.LocalAddress(socket.Descriptor).ToEndPoint().ToString();
}
