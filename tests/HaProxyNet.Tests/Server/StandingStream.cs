using System.Text;

namespace HaProxyNet.Tests.Server;

/// <summary>An output whose first write takes until <see cref="Go"/>.</summary>
internal sealed class StandingStream : MemoryStream
{
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _go = new();

    /// <summary>Somebody writes.</summary>
    public Task Reached => _reached.Task;

    public string[] Lines => Encoding.UTF8.GetString(ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public void Go() => _go.Set();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _reached.TrySetResult();
        _go.Wait();
        base.Write(buffer);
    }

    protected override void Dispose(bool disposing)
    {
        _go.Set();
        base.Dispose(disposing);
    }
}
