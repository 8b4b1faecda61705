namespace HaProxyNet.Management.Instruments;

/// <summary>What the values of an instrument are.</summary>
internal enum InstrumentKind
{
    /// <summary>A sum that only grows.</summary>
    Counter,

    /// <summary>A number of things that are there now: those of several processes can be added.</summary>
    UpDownCounter,

    /// <summary>A value of this moment.</summary>
    Gauge,
}
