using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Reloading;

/// <summary>A part of the running proxy that takes over a changed configuration in two steps, so that all parts do, or none.</summary>
internal interface IReloadPart
{
    /// <summary>
    /// Does everything that can fail (loads files, binds sockets, waits for names), and changes nothing that is in service. What is wrong
    /// goes to <paramref name="faults"/>: then nothing of the configuration is taken over.
    /// </summary>
    Task<IPreparedPart> PrepareAsync(ProxyOptions next, ICollection<ConfigurationFault> faults);
}
