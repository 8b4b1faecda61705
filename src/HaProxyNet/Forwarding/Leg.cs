using System.Net;
using System.Text;
using HaProxyNet.State;

namespace HaProxyNet.Forwarding;

/// <summary>
/// A client's connection to one destination, and the HTTP client that speaks on it. The connector has made it; the HTTP client makes none
/// of its own, and so can repeat nothing: where it would try a request a second time, there is no second connection.
/// </summary>
internal sealed class Leg : IDisposable
{
    private readonly LegStream _stream;
    private Stream? _unused;

    public Leg(Destination destination, PipedEnd end)
    {
        (Destination, End) = (destination, end);
        _unused = _stream = new LegStream(end);
        Client = new HttpMessageInvoker(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            ActivityHeadersPropagator = null,
            AutomaticDecompression = DecompressionMethods.None,
            MaxConnectionsPerServer = 1,
            PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
            PooledConnectionLifetime = Timeout.InfiniteTimeSpan,
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ConnectCallback = (_, _) => new(TakeStream()),
        });
    }

    /// <summary>The destination.</summary>
    public Destination Destination { get; }

    /// <summary>The connection with it.</summary>
    public PipedEnd End { get; }

    /// <summary>Sends requests on it, one after the other.</summary>
    public HttpMessageInvoker Client { get; }

    /// <summary>Whether another request can be sent on it.</summary>
    public bool IsOpen => !End.HasEnded && !_stream.IsDisposed;

    public void Dispose() => Client.Dispose();

    private Stream TakeStream() => Interlocked.Exchange(ref _unused, null)
        ?? throw new IOException("The destination has closed its connection; the request may have reached it, and is not sent again.");
}
