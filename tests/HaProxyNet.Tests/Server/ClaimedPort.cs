using System.Net;
using System.Net.Sockets;

namespace HaProxyNet.Tests.Server;

/// <summary>A port that someone listens on; free again when disposed.</summary>
internal sealed class ClaimedPort : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

    public ClaimedPort() => _listener.Start();

    public string EndPoint => _listener.LocalEndpoint.ToString()!;

    /// <summary>A port that was free a moment ago.</summary>
    public static IPEndPoint Free()
    {
        using var port = new ClaimedPort();
        return (IPEndPoint)port._listener.LocalEndpoint;
    }

    public void Dispose() => _listener.Dispose();
}
