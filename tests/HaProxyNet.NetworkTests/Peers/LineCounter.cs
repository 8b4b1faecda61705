using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>A syslog server over TCP that reads as fast as it can, and counts the records that have one of these texts.</summary>
internal sealed class LineCounter : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string[] _texts;
    private int _count;

    public LineCounter(params string[] texts)
    {
        _texts = texts;
        _listener.Start();
        _ = CountAsync();
    }

    public string Address => _listener.LocalEndpoint.ToString()!;

    /// <summary>How many have come.</summary>
    public int Count => Volatile.Read(ref _count);

    public void Dispose() => _listener.Dispose();

    private async Task CountAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                var buffer = new byte[64 * 1024];
                var ends = _texts.ToDictionary(text => text, _ => "", StringComparer.Ordinal);
                while (await client.GetStream().ReadAsync(buffer) is > 0 and var read)
                {
                    var block = Encoding.Latin1.GetString(buffer, 0, read);
                    foreach (var text in _texts)
                    {
                        // A text may have come in two parts: the first one stays, and is too short to be counted twice.
                        var all = ends[text] + block;
                        Interlocked.Add(ref _count, all.Split(text).Length - 1);
                        ends[text] = all[Math.Max(0, all.Length - text.Length + 1)..];
                    }
                }
            }
        }
        catch (Exception end) when (end is SocketException or IOException or ObjectDisposedException)
        {
            // The test is over, or the proxy has gone.
        }
    }
}
