namespace HaProxyNet.Reloading;

/// <summary>What a part of the proxy has made ready for a changed configuration. One of the first two methods is called, once.</summary>
internal interface IPreparedPart
{
    /// <summary>Puts it into service. It cannot fail. Parts are called in the order in which they were prepared.</summary>
    Task CommitAsync();

    /// <summary>Gives back what was made ready: the configuration has a fault, here or in another part.</summary>
    Task GiveUpAsync();

    /// <summary>Lets go what the configuration before had and this one has not, after every part is in service.</summary>
    Task RetireAsync();
}
