using System.Net.Sockets;

namespace HaProxyNet.Server.Logging.Outputs;

/// <summary>Sends a record that no datagram holds, in a way that its receiver knows.</summary>
/// <param name="socket">A socket that is connected to the receiver.</param>
/// <param name="record">The record.</param>
/// <exception cref="SocketException">It was not sent.</exception>
/// <exception cref="IOException">There is no memory for it.</exception>
internal delegate void SendLarge(Socket socket, ReadOnlySpan<byte> record);
