namespace HaProxyNet.Vocabulary;

/// <summary>What an operator has decided about a destination. It stands apart from its health, and outlives a restart.</summary>
public enum Maintenance
{
    /// <summary>Nothing: its health decides.</summary>
    None,

    /// <summary>It gets no new connections; those that are open go on. It is still watched.</summary>
    Draining,

    /// <summary>It gets no new connections and no probes, as if it were not there; those that are open go on.</summary>
    Disabled,
}
