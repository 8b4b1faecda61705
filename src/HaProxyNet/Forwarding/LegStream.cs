using HaProxyNet.Transport.Async;

namespace HaProxyNet.Forwarding;

/// <summary>The connection to a destination as the HTTP client wants it.</summary>
/// <param name="end">The connection.</param>
internal sealed class LegStream(PipedEnd end) : AsyncStream
{
    private readonly Stream _input = end.Input.AsStream(leaveOpen: true);
    private readonly Stream _output = end.Output.AsStream(leaveOpen: true);
    private volatile bool _isDisposed;

    /// <summary>Whether the HTTP client has let it go: it will not be used for another request.</summary>
    public bool IsDisposed => _isDisposed;

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => _input.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => _output.WriteAsync(buffer, cancellationToken);

    /// <summary>The HTTP client cancels a request by this: what waits has to end.</summary>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        end.Input.CancelPendingRead();
        end.Output.CancelPendingFlush();
        base.Dispose(disposing);
    }
}
