namespace HaProxyNet.Transport;

/// <summary>A side without TLS.</summary>
internal sealed class PlainEnd(LaneSocket socket) : RelayEnd(socket)
{
    public override bool MayReadAtOnce => true;

    public override ValueTask WaitReadableAsync() => Socket.WaitReadableAsync();

    public override ValueTask<int> ReadAsync(Memory<byte> into) => new(Socket.TryRead(into.Span));

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data) => Socket.SendAsync(data);

    public override ValueTask ShutdownSendAsync()
    {
        Socket.ShutdownSend();
        return ValueTask.CompletedTask;
    }
}
