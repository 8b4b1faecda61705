namespace HaProxyNet.Tls.SslStreams;

/// <summary>
/// Where chains of certificates are judged: off the lane, whose other connections would wait, and few at once, because the thread pool has
/// probes and names to look after as well. Any thread.
/// </summary>
#pragma warning disable CA1001 // Without a wait handle a semaphore holds nothing that must be freed.
internal sealed class JudgesBench
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim _seats = new(Math.Max(1, Environment.ProcessorCount / 2));

    /// <summary>Waits for a seat.</summary>
    public Task SitDownAsync() => _seats.WaitAsync();

    /// <summary>Gives it back.</summary>
    public void Rise() => _seats.Release();
}
