namespace HaProxyNet.StressTests.Planning;

/// <summary>How a side ends its connection.</summary>
internal enum SideEnd
{
    /// <summary>FIN after its last byte; reads on until the other's end.</summary>
    Fin,

    /// <summary>FIN once the other's FIN has come.</summary>
    FinAfterPeer,

    /// <summary>FIN when both sides have received everything, at the same moment as the other side.</summary>
    FinTogether,

    /// <summary>RST when so many bytes were sent.</summary>
    ResetAfterSent,

    /// <summary>RST when so many bytes were received.</summary>
    ResetAfterReceived,

    /// <summary>FIN after its last byte, then RST when so many bytes were received.</summary>
    FinThenReset,

    /// <summary>Closes the socket after its last byte: the system sends FIN, or RST if something was not read.</summary>
    Close,
}
