using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>One end of a connection, on a raw socket: it does exactly what the test says, and counts its bytes.</summary>
internal class TestPeer(Socket socket, PeerTraffic traffic) : IDisposable
{
    private long _sent;
    private long _received;

    /// <summary>Bytes that the system took from this peer so far.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Bytes that this peer has read so far.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>The other side reset the connection before this one had a look at it; every further use says so.</summary>
    public bool WasResetAtOnce { get; init; }

    /// <summary>The socket, for a peer that speaks TLS on it.</summary>
    public Socket Socket => socket;

    /// <summary>How long one send may wait for room.</summary>
    public TimeSpan Patience { get; set; } = Eventually.Bound;

    /// <summary>Where its bytes are counted.</summary>
    public PeerTraffic Traffic => traffic;

    public IPEndPoint LocalEndPoint => (IPEndPoint)socket.LocalEndPoint!;

    public Task SendAsync(string text) => SendAsync(Encoding.ASCII.GetBytes(text));

    public virtual async Task SendAsync(ReadOnlyMemory<byte> data)
    {
        ThrowIfResetAtOnce();
        traffic.AddOffered(data.Length);
        using var bound = new CancellationTokenSource(Patience);
        while (data.Length > 0)
        {
            var count = await socket.SendAsync(data, SocketFlags.None, bound.Token);
            AddSent(count);
            data = data[count..];
        }
    }

    public async Task SendAsync(Payload payload)
    {
        foreach (var block in payload.Blocks())
        {
            await SendAsync(block);
        }
    }

    /// <summary>Reads so many characters.</summary>
    public async Task<string> ReadAsync(int count)
    {
        var buffer = new byte[count];
        var at = 0;
        while (at < count)
        {
            var read = await ReceiveAsync(buffer.AsMemory(at));
            Assert.True(read > 0, $"The connection ended after {at} of {count} bytes.");
            at += read;
        }

        return Encoding.ASCII.GetString(buffer);
    }

    /// <summary>Waits for this text.</summary>
    public async Task ExpectAsync(string text) => Assert.Equal(text, await ReadAsync(text.Length));

    /// <summary>Reads until FIN or RST; what came before it is returned too.</summary>
    public async Task<(string Data, PeerEnd End)> ReadToEndAsync()
    {
        var data = new StringBuilder();
        var end = await ReadToEndAsync(block => data.Append(Encoding.Latin1.GetString(block)));
        return (data.ToString(), end);
    }

    /// <summary>Reads until FIN or RST; returns the hash of what came before it.</summary>
    public async Task<(string Hash, PeerEnd End)> HashToEndAsync()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var end = await ReadToEndAsync(block => hash.AppendData(block));
        return (Convert.ToHexString(hash.GetHashAndReset()), end);
    }

    /// <summary>Waits for FIN, with nothing before it.</summary>
    public async Task ExpectFinAsync() => Assert.Equal(("", PeerEnd.Fin), await ReadToEndAsync());

    /// <summary>Waits for RST, with nothing before it.</summary>
    public async Task ExpectResetAsync() => Assert.Equal(("", PeerEnd.Reset), await ReadToEndAsync());

    /// <summary>Sends FIN; reading goes on.</summary>
    public void FinishSending() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Says that nothing more comes: FIN, behind close_notify where there is TLS; reading goes on.</summary>
    public virtual Task FinishSendingAsync()
    {
        FinishSending();
        return Task.CompletedTask;
    }

    /// <summary>Sends RST.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Dispose();
    }

    /// <summary>Closes the socket as a program's end does.</summary>
    public virtual void Dispose()
    {
        GC.SuppressFinalize(this);
        socket.Dispose();
    }

    /// <summary>Reads what is there or comes next; 0 is FIN.</summary>
    public virtual async Task<int> ReceiveAsync(Memory<byte> buffer)
    {
        ThrowIfResetAtOnce();
        using var bound = new CancellationTokenSource(Eventually.Bound);
        var count = await socket.ReceiveAsync(buffer, SocketFlags.None, bound.Token);
        AddReceived(count);
        return count;
    }

    protected void AddSent(int count) => Interlocked.Add(ref _sent, count);

    protected void AddReceived(int count)
    {
        Interlocked.Add(ref _received, count);
        traffic.AddReceived(count);
    }

    private void ThrowIfResetAtOnce()
    {
        if (WasResetAtOnce)
        {
            throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private async Task<PeerEnd> ReadToEndAsync(Action<ReadOnlySpan<byte>> take)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            while (await ReceiveAsync(buffer) is > 0 and var count)
            {
                take(buffer.AsSpan(0, count));
            }

            return PeerEnd.Fin;
        }
        catch (SocketException fault) when (fault.SocketErrorCode is SocketError.ConnectionReset)
        {
            return PeerEnd.Reset;
        }
    }
}
