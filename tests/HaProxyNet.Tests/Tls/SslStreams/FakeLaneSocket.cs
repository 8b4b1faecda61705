using HaProxyNet.Tests.Connections;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Tls.SslStreams;

/// <summary>A socket that says what it was told to say.</summary>
internal sealed class FakeLaneSocket : LaneSocket
{
    /// <summary>What reads say, one after the other: bytes, or a result without any.</summary>
    public Queue<(int Result, byte[] Bytes)> Reads { get; } = new();

    public int Waits { get; private set; }

    public bool TakesBytes { get; set; } = true;

    public bool IsUnread { get; set; }

    /// <summary>Called when it is cancelled.</summary>
    public Action? Cancelled { get; set; }

    public override TransportSocket Socket { get; } = new FakeSocket("192.0.2.1");

    public override bool HasFailed => false;

    public override bool HasVanished => false;

    public override bool HasUnread => IsUnread;

    public override int TryRead(Span<byte> into)
    {
        var (result, bytes) = Reads.Dequeue();
        bytes.CopyTo(into);
        return bytes.Length > 0 ? bytes.Length : result;
    }

    public override ValueTask WaitReadableAsync()
    {
        Waits++;
        return ValueTask.CompletedTask;
    }

    public override ValueTask<bool> SendAsync(ReadOnlyMemory<byte> data) => new(TakesBytes);

    public override ValueTask EnterAsync() => ValueTask.CompletedTask;

    public override ValueTask YieldAsync() => ValueTask.CompletedTask;

    public override ValueTask GoOnAsync() => ValueTask.CompletedTask;

    public override void ShutdownSend()
    {
    }

    public override void Attach()
    {
    }

    public override void Cancel() => Cancelled?.Invoke();

    public override void Close()
    {
    }

    public override void Reset()
    {
    }

    public override void Dispose()
    {
    }
}
