using System.Net.Sockets;
using System.Text;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>The service manager's end of NOTIFY_SOCKET: keeps what comes.</summary>
internal sealed class ServiceManagerSocket : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly List<string> _messages = [];

    /// <param name="place">A path, or an abstract name that begins with <c>@</c>.</param>
    public ServiceManagerSocket(string place)
    {
        Place = place;
        _socket.Bind(new UnixDomainSocketEndPoint(place[0] == '@' ? '\0' + place[1..] : place));
    }

    /// <summary>The value of NOTIFY_SOCKET.</summary>
    public string Place { get; }

    /// <summary>What has come, each message its lines.</summary>
    public IReadOnlyList<string> Messages
    {
        get
        {
            var buffer = new byte[4096];
            while (_socket.Available > 0)
            {
                _messages.Add(Encoding.UTF8.GetString(buffer, 0, _socket.Receive(buffer)));
            }

            return _messages;
        }
    }

    /// <summary>How many messages have this line.</summary>
    public int Count(string line) => Messages.Count(message => message.Split('\n').Contains(line));

    /// <summary>The first message from this one on that has a line, once it has come.</summary>
    public async Task<string> WaitForAsync(string line, int from = 0)
    {
        await Eventually.TrueAsync(
            () => Messages.Skip(from).Any(message => message.Contains(line, StringComparison.Ordinal)), $"a message with {line}");
        return Messages.Skip(from).First(message => message.Contains(line, StringComparison.Ordinal));
    }

    public void Dispose() => _socket.Dispose();
}
