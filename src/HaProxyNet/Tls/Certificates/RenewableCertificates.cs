using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Keys;
using HaProxyNet.Tls.Certificates.Loading;

namespace HaProxyNet.Tls.Certificates;

/// <summary>
/// Certificates that come from files and are loaded again when these change: all or nothing, and what was good stays until something
/// better has been loaded. One caller of <see cref="Renew"/> at a time.
/// </summary>
internal abstract class RenewableCertificates(string name)
{
    private string _digest = "";

    /// <summary>The listener's or the cluster's name.</summary>
    public string Name => name;

    /// <summary>The files that are read, with their whole paths: what has to be watched.</summary>
    public abstract IEnumerable<string> Files { get; }

    /// <summary>The certificates that are shown now, whoever sees them.</summary>
    public abstract IEnumerable<ServerCertificate> Shown { get; }

    /// <summary>Reads the files, and loads them if they, or the settings, are not those of the last time.</summary>
    /// <returns>The faults; empty when new ones are in use from now on; null when nothing has changed.</returns>
    public IReadOnlyList<ConfigurationFault>? Renew()
    {
        var files = Read();
        if (files.Digest == _digest)
        {
            return null;
        }

        _digest = files.Digest;
        var faults = new FaultCollector();
        Load(files, faults);
        return faults.Faults;
    }

    /// <summary>Reads everything at once.</summary>
    protected abstract ConfiguredFiles Read();

    /// <summary>Loads and takes over, or reports what is wrong and changes nothing.</summary>
    protected abstract void Load(ConfiguredFiles files, FaultCollector faults);
}
