namespace HaProxyNet.Reloading;

/// <summary>
/// What a part of the proxy has made ready for a changed configuration. It is committed or given up, once; one that was committed is
/// retired, or rolled back.
/// </summary>
internal interface IPreparedPart
{
    /// <summary>
    /// Puts it into service. Everything that can be foreseen to fail was done before. Parts are called in the order in which they were
    /// prepared.
    /// </summary>
    Task CommitAsync();

    /// <summary>Gives back what was made ready: the configuration has a fault, here or in another part.</summary>
    Task GiveUpAsync();

    /// <summary>
    /// Puts the configuration before into service again, whatever of <see cref="CommitAsync"/> was done: this part or a later one has
    /// thrown.
    /// </summary>
    Task RollBackAsync();

    /// <summary>Lets go what the configuration before had and this one has not, after every part is in service.</summary>
    Task RetireAsync();
}
