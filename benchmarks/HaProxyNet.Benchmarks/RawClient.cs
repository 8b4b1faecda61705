using System.Net;
using HaProxyNet.Transport.Native;

namespace HaProxyNet.Benchmarks;

/// <summary>A blocking client on a raw descriptor, for the same reason as <see cref="EchoServer"/>.</summary>
internal readonly unsafe struct RawClient
{
    private readonly int _descriptor;

    private RawClient(int descriptor) => _descriptor = descriptor;

    public static RawClient Connect(in RawAddress address)
    {
        var descriptor = Libc.Socket(Linux.FamilyIPv4, Linux.SocketStream, 0);
        var target = address;
        if (Libc.Connect(descriptor, &target, target.Length) != 0)
        {
            throw new InvalidOperationException($"connect failed: errno {Errno.Last}");
        }

        return new RawClient(descriptor);
    }

    /// <summary>Sends the bytes in parts that fit the echo on the way, and reads as many back.</summary>
    public void Exchange(byte* buffer, int count)
    {
        const int Part = 64 * 1024;
        for (var done = 0; done < count;)
        {
            var part = Math.Min(Part, count - done);
            if (Libc.Send(_descriptor, buffer, (nuint)part, Linux.MessageNoSignal) != part)
            {
                throw new InvalidOperationException($"send failed: errno {Errno.Last}");
            }

            for (var read = 0; read < part;)
            {
                var got = (int)Libc.Receive(_descriptor, buffer + read, (nuint)(part - read), 0);
                if (got <= 0)
                {
                    throw new InvalidOperationException($"the reply ended early: {got}, errno {Errno.Last}");
                }

                read += got;
            }

            done += part;
        }
    }

    /// <summary>Sends FIN, waits for the other side's, and closes: when it returns, the proxy has ended the connection too.</summary>
    public void Close(byte* buffer)
    {
        _ = Libc.Shutdown(_descriptor, Linux.ShutdownWrite);
        while (Libc.Receive(_descriptor, buffer, 1, 0) > 0)
        {
        }

        _ = Libc.Close(_descriptor);
    }

    public static RawAddress Address(IPEndPoint endPoint) => RawAddress.From(endPoint);
}
