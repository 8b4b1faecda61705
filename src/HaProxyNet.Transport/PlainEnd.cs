namespace HaProxyNet.Transport;

/// <summary>The side without TLS of a relay that has TLS on the other.</summary>
internal sealed class PlainEnd(LaneSocket socket) : RelayEnd(socket)
{
    public override ValueTask WaitReadableAsync() => Socket.WaitReadableAsync();

    public override ValueTask<int> ReadAsync(Memory<byte> into) => new(Socket.TryRead(into.Span));

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data) => Socket.SendAsync(data);

    public override ValueTask ShutdownSendAsync()
    {
        Socket.ShutdownSend();
        return ValueTask.CompletedTask;
    }
}
