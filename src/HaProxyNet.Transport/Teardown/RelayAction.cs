namespace HaProxyNet.Transport.Teardown;

/// <summary>What an engine has to do after an event of a relay.</summary>
internal enum RelayAction
{
    /// <summary>Nothing: the other direction goes on.</summary>
    None,

    /// <summary>Pass the FIN on: <c>shutdown(SEND)</c> on the other side.</summary>
    PassFin,

    /// <summary>Close both sides in order; the relay is over.</summary>
    CloseBoth,

    /// <summary>Reset both sides; the relay is over.</summary>
    ResetBoth,
}
