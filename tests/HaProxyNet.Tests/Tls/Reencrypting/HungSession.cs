using HaProxyNet.Tests.Tls.SslStreams;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.Tls.Reencrypting;

/// <summary>A session whose handshake ends when the test says so, or when its socket is cancelled.</summary>
internal sealed class HungSession : TlsSession
{
    private readonly TaskCompletionSource<HandshakeResult> _end = new();

    public HungSession()
        : this(new FakeLaneSocket())
    {
    }

    private HungSession(FakeLaneSocket socket)
        : base(socket)
    {
        Wire = socket;
        socket.Cancelled = () => _end.TrySetResult(new(HandshakeStatus.Aborted, "cancelled"));
    }

    public FakeLaneSocket Wire { get; }

    public void Succeed() => _end.SetResult(HandshakeResult.Success);

    public override async ValueTask<HandshakeResult> HandshakeAsync(IHandshakePace pace) => await _end.Task;

    public override ValueTask WaitReadableAsync() => ValueTask.CompletedTask;

    public override ValueTask<int> ReadAsync(Memory<byte> into) => new(Nothing);

    public override ValueTask<bool> WriteAsync(ReadOnlyMemory<byte> data) => new(true);

    public override ValueTask ShutdownSendAsync() => ValueTask.CompletedTask;
}
