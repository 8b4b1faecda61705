namespace HaProxyNet.Tests.Server;

/// <summary>A standard output that was opened for reading: .NET calls that access denied, not a fault of input and output.</summary>
internal sealed class UnwritableStream : MemoryStream
{
    public ManualResetEventSlim Tried { get; } = new();

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        Tried.Set();
        throw new UnauthorizedAccessException("Access to the path is denied.");
    }

    protected override void Dispose(bool disposing)
    {
        Tried.Dispose();
        base.Dispose(disposing);
    }
}
