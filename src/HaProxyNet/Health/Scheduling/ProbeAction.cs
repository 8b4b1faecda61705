namespace HaProxyNet.Health.Scheduling;

/// <summary>What is to be done about a destination now.</summary>
internal enum ProbeAction
{
    /// <summary>Nothing, until something changes.</summary>
    None,

    /// <summary>Nothing yet.</summary>
    Wait,

    /// <summary>Ask it once.</summary>
    Probe,

    /// <summary>Ask it again and again, until it is up.</summary>
    Recover,
}
