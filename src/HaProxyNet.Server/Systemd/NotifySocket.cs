using System.Net.Sockets;
using System.Text;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// Sends messages to the service manager, each a datagram of lines <c>NAME=value</c> (sd_notify(3)). A manager that does not read, or has
/// gone, is no reason to wait or to fail.
/// </summary>
internal sealed class NotifySocket(string? place) : IDisposable
{
    private readonly Socket? _socket =
        place is null ? null : new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    private readonly UnixDomainSocketEndPoint? _address = place is null ? null : AddressOf(place);

    /// <summary>Whether anybody wants messages.</summary>
    public bool IsWanted => _socket is not null;

    /// <summary>Sends one message. False when it did not get through. Any thread.</summary>
    public bool Send(params ReadOnlySpan<string> lines)
    {
        if (_socket is null)
        {
            return false;
        }

        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(string.Join('\n', lines)), _address!);
            return true;
        }
        catch (Exception unsent) when (unsent is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }

    public void Dispose() => _socket?.Dispose();

    /// <summary>A name that begins with <c>@</c> is an abstract one: no file.</summary>
    private static UnixDomainSocketEndPoint AddressOf(string place) => new(place[0] == '@' ? '\0' + place[1..] : place);
}
