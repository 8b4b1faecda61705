namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>How a peer saw its connection end.</summary>
internal enum PeerEnd
{
    /// <summary>End of data: FIN.</summary>
    Fin,

    /// <summary>ECONNRESET: RST.</summary>
    Reset,
}
