namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>
/// What a direction holds while its receiver is slow or its bytes are many; a direction without it holds nothing. Its object serves the
/// next direction that needs one.
/// </summary>
internal sealed unsafe class RelayStream
{
    /// <summary>Bytes that the receiver had no room for; none most of the time.</summary>
    public byte* Left;

    /// <summary>Where the bytes left begin and end in <see cref="Left"/>.</summary>
    public int LeftStart;
    public int LeftEnd;

    /// <summary>The pipe while bytes go through it.</summary>
    public SplicePipe? Pipe;

    /// <summary>Bytes spliced since the last pause, as long as it does not gather.</summary>
    public long Spliced;

    /// <summary>When bytes came last, in the lane's timestamps.</summary>
    public long LastAt;

    /// <summary>Whether the sender's socket wakes the lane only for much at once: see <see cref="GatheringStreams"/>.</summary>
    public bool Gathers;

    /// <summary>Whether bytes wait for the receiver.</summary>
    public bool HoldsBytes => Left is not null || Pipe is { Count: > 0 };

    /// <summary>Forgets all: it serves another direction.</summary>
    public void Clear()
    {
        Left = null;
        Pipe = null;
        Spliced = LastAt = 0;
        Gathers = false;
    }
}
