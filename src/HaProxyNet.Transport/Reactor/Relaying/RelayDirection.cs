namespace HaProxyNet.Transport.Reactor.Relaying;

/// <summary>What is remembered of one direction of a relay between two turns. Small: each idle connection has two.</summary>
internal struct RelayDirection
{
    /// <summary>What it holds: nothing, unless its receiver is slow or its bytes are many.</summary>
    public RelayStream? Stream;

    /// <summary>Whether this direction splices.</summary>
    public bool Splicing;

    /// <summary>Full reads in a row while copying, or short ones while splicing: what decides about changing over.</summary>
    public byte Streak;

    /// <summary>Nothing more is read from the sender.</summary>
    public bool Ended;

    /// <summary>Whether bytes wait for the receiver.</summary>
    public readonly bool HoldsBytes => Stream is { HoldsBytes: true };
}
