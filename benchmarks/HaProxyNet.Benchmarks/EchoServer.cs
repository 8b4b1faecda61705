using System.Net;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Benchmarks;

/// <summary>
/// Sends back what it gets, one connection after the other, on a thread of its own. Raw descriptors: what it costs is not in the managed
/// allocations that a benchmark shows.
/// </summary>
internal sealed unsafe class EchoServer : IDisposable
{
    private const int BufferSize = 1 << 20;
    private readonly int _listener;
    private readonly Thread _thread;
    private volatile bool _stopping;

    public EchoServer()
    {
        var raw = RawAddress.From(new IPEndPoint(IPAddress.Loopback, 0));
        _listener = Libc.Socket(Linux.FamilyIPv4, Linux.SocketStream, 0);
        _ = Libc.Bind(_listener, &raw, raw.Length);
        _ = Libc.Listen(_listener, 128);
        EndPoint = Descriptor.LocalAddress(_listener).ToEndPoint();
        _thread = new Thread(Serve) { IsBackground = true };
        _thread.Start();
    }

    public IPEndPoint EndPoint { get; }

    public void Dispose()
    {
        _stopping = true;
        _ = Libc.Shutdown(_listener, 2);
        _thread.Join();
        _ = Libc.Close(_listener);
    }

    private void Serve()
    {
        var buffer = GC.AllocateUninitializedArray<byte>(BufferSize, pinned: true);
        fixed (byte* p = buffer)
        {
            while (!_stopping)
            {
                var connection = Libc.Accept(_listener, null, null, 0);
                if (connection < 0)
                {
                    continue;
                }

                nint count;
                while ((count = Libc.Receive(connection, p, BufferSize, 0)) > 0)
                {
                    for (nint sent = 0; sent < count;)
                    {
                        sent += Math.Max(0, Libc.Send(connection, p + sent, (nuint)(count - sent), Linux.MessageNoSignal));
                    }
                }

                _ = Libc.Close(connection);
            }
        }
    }
}
