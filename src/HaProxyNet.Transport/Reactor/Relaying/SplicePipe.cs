using HaProxyNet.Transport.Native;

namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>
/// A pipe through which bytes go from socket to socket inside the kernel. EAGAIN of splice(2) does not say whether the socket is empty or
/// the pipe full, so the bytes inside are counted here.
/// </summary>
internal sealed unsafe class SplicePipe
{
    /// <summary>
    /// Asked of the system for each pipe; it may give less when this user has many (pipe(7), pipe-user-pages-soft). It counts places, not
    /// bytes: a packet's fragment of any size takes one of 4 KB.
    /// </summary>
    private const int WantedSize = 512 * 1024;

    private readonly int _read;
    private readonly int _write;

    private SplicePipe(int read, int write) => (_read, _write) = (read, write);

    /// <summary>A pipe that another process has filled.</summary>
    public SplicePipe(int read, int write, int count)
        : this(read, write) => Count = count;

    /// <summary>The end that is read from.</summary>
    public int ReadEnd => _read;

    /// <summary>The end that is written to.</summary>
    public int WriteEnd => _write;

    /// <summary>Bytes inside.</summary>
    public int Count { get; private set; }

    /// <summary>Opens a pipe; none when descriptors have run out.</summary>
    public static SplicePipe? TryOpen()
    {
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Linux.SocketNonBlocking | Linux.SocketCloseOnExec) < 0)
        {
            return null;
        }

        _ = Libc.FileControl(ends[0], Linux.PipeSetSize, WantedSize);
        return new SplicePipe(ends[0], ends[1]);
    }

    /// <summary>
    /// Takes bytes from a socket into the empty pipe: a count; 0 for FIN or an urgent mark, which only recv(2) tells apart; below zero: see
    /// errno.
    /// </summary>
    public int Fill(int socket, int atMost)
    {
        var count = (int)Libc.Splice(socket, null, _write, null, (nuint)atMost, Linux.SpliceMove | Linux.SpliceNonBlocking);
        Count += Math.Max(count, 0);
        return count;
    }

    /// <summary>Gives the bytes to a socket. Never with SPLICE_F_MORE: it holds the last ones back for up to 200 ms.</summary>
    public int Empty(int socket)
    {
        var count = (int)Libc.Splice(_read, null, socket, null, (nuint)Count, Linux.SpliceMove | Linux.SpliceNonBlocking);
        Count -= Math.Max(count, 0);
        return count;
    }

    /// <summary>Closes both ends; bytes inside are lost.</summary>
    public void Close()
    {
        _ = Libc.Close(_read);
        _ = Libc.Close(_write);
    }
}
