namespace HaProxyNet.Transport.Managed;

/// <summary>Something that is to run on a <see cref="ManagedStrand"/>.</summary>
internal interface IStrandWork
{
    /// <summary>Its turn has come.</summary>
    void Run();
}
