namespace HaProxyNet.Transport.Reactor;

/// <summary>What one direction of a relay holds between two turns: nothing, unless its receiver is slow or its bytes are many.</summary>
internal unsafe struct RelayDirection
{
    /// <summary>Bytes that the receiver had no room for; none most of the time.</summary>
    public byte* Left;

    /// <summary>Where the bytes left begin and end in <see cref="Left"/>.</summary>
    public int LeftStart;
    public int LeftEnd;

    /// <summary>The pipe while bytes go through it.</summary>
    public SplicePipe? Pipe;

    /// <summary>Whether this direction splices.</summary>
    public bool Splicing;

    /// <summary>Full reads in a row while copying, or short ones while splicing: what decides about changing over.</summary>
    public byte Streak;

    /// <summary>Nothing more is read from the sender.</summary>
    public bool Ended;
}
