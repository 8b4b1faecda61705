namespace HaProxyNet.StressTests.Living;

/// <summary>
/// What one side has done so far. Each fact is noted before the act, so that it is known by the time the other side can see its effect.
/// </summary>
internal sealed class SideFacts
{
    private long _sent;
    private long _received;
    private volatile bool _finished;
    private int _gone;

    /// <summary>Bytes that its system was asked to send, its header included.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>Bytes that it has read, a header included.</summary>
    public long Received => Volatile.Read(ref _received);

    /// <summary>It has sent its FIN after the bytes that it sent.</summary>
    public bool Finished => _finished;

    /// <summary>It has reset, or closed without a look at what there is to read.</summary>
    public bool Gone => Volatile.Read(ref _gone) != 0;

    /// <summary>So many bytes more are about to be sent.</summary>
    public void Sends(int count) => Interlocked.Add(ref _sent, count);

    /// <summary>So many bytes more were read.</summary>
    public void Reads(int count) => Interlocked.Add(ref _received, count);

    /// <summary>It is about to send its FIN.</summary>
    public void Finishes() => _finished = true;

    /// <summary>It is about to reset or close; false when it did before.</summary>
    public bool Goes() => Interlocked.Exchange(ref _gone, 1) == 0;

    /// <inheritdoc/>
    public override string ToString() => $"sent {Sent}, received {Received}{(Finished ? ", FIN" : "")}{(Gone ? ", gone" : "")}";
}
