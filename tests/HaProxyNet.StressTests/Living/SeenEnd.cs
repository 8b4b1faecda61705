namespace HaProxyNet.StressTests.Living;

/// <summary>How a side saw its connection end.</summary>
internal enum SeenEnd
{
    /// <summary>It did not look: it went itself.</summary>
    None,

    /// <summary>End of data.</summary>
    Fin,

    /// <summary>A read or a write said that the connection was reset.</summary>
    Reset,

    /// <summary>Nothing came within the bound.</summary>
    Hung,
}
