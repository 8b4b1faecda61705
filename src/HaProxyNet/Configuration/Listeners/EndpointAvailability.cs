using System.Net;
using System.Net.Sockets;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Configuration.Listeners;

/// <summary>Whether the endpoints of a valid configuration can be bound on this machine now, and the words for when not.</summary>
internal static class EndpointAvailability
{
    /// <summary>Linux keeps lower ports for root by default (net.ipv4.ip_unprivileged_port_start).</summary>
    private const int FirstUnprivilegedPort = 1024;

    /// <summary>
    /// Binds each endpoint of a valid configuration for a moment, without listening, so that nobody can connect meanwhile.
    /// While a proxy with this configuration runs, its own endpoints are taken.
    /// </summary>
    /// <param name="options">The configuration.</param>
    /// <param name="open">The listeners whose sockets are open already.</param>
    public static IReadOnlyList<ConfigurationFault> Check(ProxyOptions options, IReadOnlyCollection<string>? open = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        return
        [
            .. options.Listeners
                .Where(listener => !listener.Value.WaitForAddress && open?.Contains(listener.Key) is not true)
                .Select(listener => (Path: ListenerPath(listener.Key), listener.Value.Endpoint))
                .Append((Path: AdminPath, options.Admin.Endpoint))
                .Where(claim => claim.Endpoint.Length > 0)
                .Select(claim => Check(claim.Path, ListenEndPoint.Parse(claim.Endpoint)))
                .OfType<ConfigurationFault>(),
        ];
    }

    /// <summary>Binds one endpoint for a moment; null when that went well.</summary>
    public static ConfigurationFault? Check(string path, IPEndPoint endPoint)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        try
        {
            using var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            if (endPoint.Address.Equals(IPAddress.IPv6Any))
            {
                socket.DualMode = true;
            }

            socket.Bind(endPoint);
            return null;
        }
        catch (SocketException refused)
        {
            return FaultOf(path, endPoint, refused.SocketErrorCode);
        }
    }

    /// <summary>The path of a listener's endpoint, for <see cref="FaultOf"/>.</summary>
    public static string ListenerPath(string listener) => ValidationContext.ListenerEndpointPath(listener).Text;

    /// <summary>The path of the admin endpoint, for <see cref="FaultOf"/>.</summary>
    public static string AdminPath => ValidationContext.AdminEndpointPath.Text;

    /// <summary>The words for an endpoint that could not be bound.</summary>
    public static ConfigurationFault FaultOf(string path, IPEndPoint endPoint, SocketError error)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return error switch
        {
            SocketError.AddressAlreadyInUse => new(
                path,
                $"{endPoint} is taken (address already in use)",
                $"give a free address and port, or end the program that listens there ({WhoListens(endPoint.Port)})"),
            SocketError.AddressNotAvailable => new(
                path,
                $"{endPoint.Address} is not an address of this machine",
                "give one of its own addresses (ip address), 0.0.0.0 for all of IPv4 or [::] for all"),
            SocketError.AccessDenied => new(
                path,
                endPoint.Port < FirstUnprivilegedPort
                    ? $"{endPoint} needs a permission: ports below {FirstUnprivilegedPort} are privileged"
                    : $"{endPoint} may not be bound by this user",
                $"give a port from {FirstUnprivilegedPort}, or grant CAP_NET_BIND_SERVICE"),
            SocketError.AddressFamilyNotSupported => new(
                path,
                $"this machine has no {(endPoint.AddressFamily == AddressFamily.InterNetworkV6 ? "IPv6" : "IPv4")}, which {endPoint} needs",
                "give an address of the other family"),
            SocketError.TooManyOpenSockets => new(
                path,
                $"{endPoint} cannot be bound: this process has no descriptor left",
                "raise the limit of open files (LimitNOFILE= of the service, ulimit -n), and that of the system (fs.file-max)"),
            SocketError.NoBufferSpaceAvailable => new(
                path,
                $"{endPoint} cannot be bound: the system has no memory left for sockets",
                "free memory, or raise the limit of the service or container"),
            _ => new(path, $"{endPoint} cannot be bound ({new SocketException((int)error).Message})", "give another address and port"),
        };
    }

    private static string WhoListens(int port) => OperatingSystem.IsWindows() ? "netstat -ano" : $"ss -ltnp 'sport = :{port}'";
}
