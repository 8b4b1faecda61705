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
    private bool _isKept;
    private long _received;

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

    /// <summary>Whether another request can be sent on it, as far as is known.</summary>
    public bool IsOpen => !End.HasEnded && !_stream.IsDisposed;

    /// <summary>
    /// Whether it has carried a request before, and the destination has not said a word to the one that is under way: closed then, it may
    /// have been closed for having been idle.
    /// </summary>
    public bool IsSilent => _isKept && End.BytesReceived == _received;

    /// <summary>
    /// Whether another request can be sent on it: the destination has neither closed nor said anything since its last answer, as the system
    /// knows at this moment. Comes back anywhere.
    /// </summary>
    public async ValueTask<bool> IsUsableAsync()
    {
        if (!IsOpen || End.BytesReceived != _received)
        {
            return false;
        }

        await End.EnterAsync();
        return !End.HasUnread && IsOpen && End.BytesReceived == _received;
    }

    /// <summary>A request has been answered, and another one may follow.</summary>
    public void Keep()
    {
        _isKept = true;
        _received = End.BytesReceived;
    }

    public void Dispose() => Client.Dispose();

    private Stream TakeStream() => Interlocked.Exchange(ref _unused, null)
        ?? throw new IOException("The destination has closed its connection; the request may have reached it, and is not sent again.");
}
