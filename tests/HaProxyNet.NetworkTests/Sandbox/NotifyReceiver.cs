using System.Net.Sockets;
using System.Text;
using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Sandbox;

/// <summary>The service manager's end of NOTIFY_SOCKET.</summary>
internal sealed class NotifyReceiver : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _messages = [];

    public NotifyReceiver(string place) => _socket.Bind(new UnixDomainSocketEndPoint(place));

    /// <summary>Waits for a message with this text, from a place in the order on; gives the place behind it.</summary>
    public async Task<int> WaitForAsync(string text, int from = 0)
    {
        var found = -1;
        await Eventually.HoldsAsync(
            () => (found = Received().FindIndex(from, message => message.Contains(text, StringComparison.Ordinal))) >= 0,
            () => $"a message with {text}. There were:\n{string.Join("\n--\n", _messages)}");
        return found + 1;
    }

    public void Dispose() => _socket.Dispose();

    private List<string> Received()
    {
        var buffer = new byte[4096];
        while (_socket.Available > 0)
        {
            _messages.Add(Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer)));
        }

        return _messages;
    }
}
