namespace HaProxyNet.StressTests.Planning;

/// <summary>The kinds of lives.</summary>
internal enum Scenario
{
    /// <summary>Each side sends some bytes, and its FIN as soon as it has.</summary>
    HalfClose,

    /// <summary>One side keeps its half open until it has seen the other's FIN.</summary>
    InTurn,

    /// <summary>Both have everything, and send their FINs in the same moment.</summary>
    Together,

    /// <summary>One byte at a time.</summary>
    OneByte,

    /// <summary>One side reads much more slowly than the other writes.</summary>
    SlowReader,

    /// <summary>Many bytes both ways.</summary>
    Bulk,

    /// <summary>One side or both reset at any point.</summary>
    Reset,

    /// <summary>A reset while all buffers on the way to a slow reader are full.</summary>
    Stalled,

    /// <summary>A side goes away after its last byte, whatever there is to read.</summary>
    Close,

    /// <summary>The destination speaks first.</summary>
    Greeting,

    /// <summary>The client goes before it has said who it is.</summary>
    Anonymous,

    /// <summary>Destinations stop to listen, and come back.</summary>
    Churn,
}
