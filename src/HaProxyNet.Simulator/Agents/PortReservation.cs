using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Simulator.Agents;

/// <summary>
/// Keeps the agent's port while nothing listens there: a bound socket that never listens. Connects to it are refused, no program that
/// asks for any free port is given it, and no connect on this machine takes it as its own source port and so reaches itself.
/// Elsewhere than on Linux, where two sockets cannot share a port like this, it only finds a free port.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private const int SolSocket = 1;
    private const int SoReuseAddr = 2;

    private readonly Socket _placeholder;

    public PortReservation(IPEndPoint endPoint)
    {
        _placeholder = NewSocket(endPoint);
        _placeholder.Bind(endPoint);
        EndPoint = (IPEndPoint)_placeholder.LocalEndPoint!;
        if (!OperatingSystem.IsLinux())
        {
            _placeholder.Dispose();
        }
    }

    public IPEndPoint EndPoint { get; }

    /// <summary>A socket that may be bound to the reserved port, also while connections of an earlier one linger there.</summary>
    public static Socket NewSocket(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        if (OperatingSystem.IsLinux())
        {
            // The raw option: .NET's own ReuseAddress would set SO_REUSEPORT as well, and two listeners would share the port.
            socket.SetRawSocketOption(SolSocket, SoReuseAddr, BitConverter.GetBytes(1));
        }

        return socket;
    }

    public void Dispose() => _placeholder.Dispose();
}
