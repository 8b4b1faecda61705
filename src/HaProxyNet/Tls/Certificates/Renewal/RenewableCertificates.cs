using HaProxyNet.Configuration.Reading;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.Certificates.Loading;
using HaProxyNet.Tls.Certificates.Own;

namespace HaProxyNet.Tls.Certificates.Renewal;

/// <summary>
/// Certificates that come from files and are loaded again when these change: all or nothing, and what was good stays until something
/// better has been loaded. One caller of <see cref="Renew"/> at a time.
/// </summary>
internal abstract class RenewableCertificates(string name)
{
    private string _digest = "";
    private IReadOnlyList<ConfigurationFault> _remarks = [];
    private bool _isFaulty;

    /// <summary>The listener's or the cluster's name.</summary>
    public string Name => name;

    /// <summary>The files that are read, with their whole paths: what has to be watched.</summary>
    public abstract IEnumerable<string> Files { get; }

    /// <summary>The certificates that are shown now, to any peer.</summary>
    public abstract IEnumerable<ServerCertificate> Shown { get; }

    /// <summary>Whether this is a listener's; else a cluster's.</summary>
    public abstract bool IsListener { get; }

    /// <summary>Reads the files, and loads them if they, or the settings, are not those of the last time.</summary>
    /// <param name="again">Says once more what is wrong, if it still is: an operator has asked.</param>
    /// <returns>The faults; empty when new ones are in use from now on; null when nothing has changed.</returns>
    public IReadOnlyList<ConfigurationFault>? Renew(bool again = false)
    {
        var files = Read();
        if (files.Digest == _digest && !(again && _isFaulty))
        {
            return null;
        }

        _digest = files.Digest;
        var faults = new FaultCollector();
        try
        {
            Load(files, faults);
        }
#pragma warning disable CA1031 // Whatever a file's content makes a library throw is a fault of that file, and leaves what was good.
        catch (Exception unforeseen)
#pragma warning restore CA1031
        {
            faults.Add(
                At,
                $"the certificates cannot be used: {PeerText.Clean(unforeseen.Message)}",
                "certificates and keys that openssl x509 and openssl pkey can read");
        }

        _isFaulty = faults.Faults.Count > 0;
        _remarks = _isFaulty ? _remarks : faults.Warnings;
        return faults.Faults;
    }

    /// <summary>Whether the same settings and files were loaded here, and without a fault.</summary>
    public bool HasLoadedTheSameAs(RenewableCertificates other) => _digest == other._digest && !_isFaulty;

    /// <summary>What an operator should know about the certificates in use: names, chain, strength, days left.</summary>
    public IEnumerable<ConfigurationFault> Warnings(DateTimeOffset now) => [.. _remarks, .. Review(now)];

    /// <summary>What is to be said about the certificates in use at this time.</summary>
    protected abstract IEnumerable<ConfigurationFault> Review(DateTimeOffset now);

    /// <summary>Reads everything at once.</summary>
    protected abstract ConfiguredFiles Read();

    /// <summary>Where the settings are.</summary>
    protected abstract SettingPath At { get; }

    /// <summary>Loads and takes over, or reports what is wrong and changes nothing.</summary>
    protected abstract void Load(ConfiguredFiles files, FaultCollector faults);
}
