using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace HaProxyNet.Tests.Server.Logging;

/// <summary>A syslog server over TCP or TLS, one connection after the other.</summary>
internal sealed class SyslogReceiver : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(2);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly X509Certificate2? _certificate;
    private Stream? _stream;

    public SyslogReceiver(int port = 0, X509Certificate2? certificate = null)
    {
        _certificate = certificate;
        _listener.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        _listener.ReceiveBufferSize = 8 * 1024;
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, port));
        _listener.Listen();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Takes a connection and reads nothing.</summary>
    public void Accept()
    {
        Assert.True(_listener.Poll(_limit, SelectMode.SelectRead), "nobody connects");
        _stream = new NetworkStream(_listener.Accept(), ownsSocket: true) { ReadTimeout = (int)_limit.TotalMilliseconds };
        if (_certificate is not null)
        {
            var secured = new SslStream(_stream);
            _stream = secured;
            secured.AuthenticateAsServer(_certificate);
        }
    }

    /// <summary>The next message, of the connection that is open.</summary>
    public string Receive()
    {
        if (_stream is null)
        {
            Accept();
        }

        var length = 0;
        for (var digit = ReadByte(); digit != ' '; digit = ReadByte())
        {
            length = (length * 10) + int.Parse(((char)digit).ToString(), CultureInfo.InvariantCulture);
        }

        var message = new byte[length];
        _stream!.ReadExactly(message);
        return Encoding.UTF8.GetString(message);
    }

    /// <summary>Ends the connection that is open.</summary>
    public void Hangup()
    {
        _stream!.Dispose();
        _stream = null;
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _listener.Dispose();
    }

    private int ReadByte() => _stream!.ReadByte() is >= 0 and var read ? read : throw new EndOfStreamException();
}
