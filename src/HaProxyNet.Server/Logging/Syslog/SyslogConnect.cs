using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using HaProxyNet.Configuration.Logs;

namespace HaProxyNet.Server.Logging.Syslog;

/// <summary>Connects to a syslog server, from the log's own thread. Every step has a limit.</summary>
internal sealed class SyslogConnect(SyslogAddress address, string caPath)
{
    private static readonly TimeSpan _connectTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _writeTimeout = TimeSpan.FromSeconds(5);

    /// <summary>Where the server is.</summary>
    public SyslogAddress Address => address;

    /// <summary>A socket for datagrams.</summary>
    /// <exception cref="SocketException">None is available.</exception>
    public Socket Datagrams()
    {
        EndPoint end = address.Transport is SyslogTransport.Unix
            ? new UnixDomainSocketEndPoint(address.Host)
            : new IPEndPoint(Addresses()[0], address.Port);
        var socket = new Socket(end.AddressFamily, SocketType.Dgram, ProtocolType.Unspecified) { SendTimeout = 1000 };
        try
        {
            socket.Connect(end);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>A connected stream, through TLS where the address says so, and its socket.</summary>
    /// <exception cref="IOException">The stream could not be made.</exception>
    /// <exception cref="SocketException">Nothing accepts there.</exception>
    /// <exception cref="System.Security.Authentication.AuthenticationException">TLS failed.</exception>
    public (Socket Socket, Stream Stream) Open()
    {
        var socket = Connected();
        Stream stream = new NetworkStream(socket, ownsSocket: true)
        {
            ReadTimeout = (int)_writeTimeout.TotalMilliseconds,
            WriteTimeout = (int)_writeTimeout.TotalMilliseconds,
        };
        if (address.Transport is not SyslogTransport.Tls)
        {
            return (socket, stream);
        }

        var secured = new SslStream(stream);
        try
        {
            secured.AuthenticateAsClient(new SslClientAuthenticationOptions
            {
                TargetHost = address.Host,
                CertificateChainPolicy = ChainPolicy(),
            });
            return (socket, secured);
        }
        catch
        {
            secured.Dispose();
            throw;
        }
    }

    private Socket Connected()
    {
        SocketException? failure = null;
        foreach (var ip in Addresses())
        {
            var socket = new Socket(ip.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                Connect(socket, new IPEndPoint(ip, address.Port));
                return socket;
            }
            catch (SocketException fault)
            {
                socket.Dispose();
                failure = fault;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The system's own limit for a connect is minutes.</summary>
    private static void Connect(Socket socket, IPEndPoint to)
    {
        socket.Blocking = false;
        try
        {
            socket.Connect(to);
        }
        catch (SocketException pending) when (pending.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            if (!socket.Poll(_connectTimeout, SelectMode.SelectWrite))
            {
                throw new SocketException((int)SocketError.TimedOut);
            }

            if ((int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! is not 0 and var error)
            {
                throw new SocketException(error);
            }
        }

        socket.Blocking = true;
    }

    private IPAddress[] Addresses()
    {
        var all = IPAddress.TryParse(address.Host, out var ip) ? [ip] : Dns.GetHostAddresses(address.Host);
        return all.Length > 0 ? all : throw new SocketException((int)SocketError.HostNotFound);
    }

    private X509ChainPolicy? ChainPolicy()
    {
        if (caPath.Length == 0)
        {
            return null;
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.ImportFromPemFile(caPath);
        return policy;
    }
}
