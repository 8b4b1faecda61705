using System.IO.Pipelines;

namespace HaProxyNet.Forwarding;

/// <summary>The connection to a destination as the HTTP client wants it.</summary>
/// <param name="end">The connection.</param>
internal sealed class LegStream(PipedEnd end) : Stream
{
    private readonly Stream _input = end.Input.AsStream(leaveOpen: true);
    private readonly Stream _output = end.Output.AsStream(leaveOpen: true);
    private volatile bool _isDisposed;

    /// <summary>Whether the HTTP client has let it go: it will not be used for another request.</summary>
    public bool IsDisposed => _isDisposed;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => _input.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => _input.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        => _output.WriteAsync(buffer, cancellationToken);

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => _output.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>A write is on its way already.</summary>
    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous reads.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Only asynchronous writes.");

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The HTTP client cancels a request by this: what waits has to end.</summary>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        end.Input.CancelPendingRead();
        end.Output.CancelPendingFlush();
        base.Dispose(disposing);
    }
}
