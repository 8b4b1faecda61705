using HaProxyNet.Configuration;

namespace HaProxyNet.Reloading;

/// <summary>The configuration that the proxy runs with: that of the start, then that of the last reload without a fault.</summary>
internal sealed class ConfigurationInForce(ProxyOptions started)
{
    private ProxyOptions _now = started;
    private ReloadOutcome? _lastReload;

    /// <summary>The configuration of the start: what needs a restart is compared with it.</summary>
    public ProxyOptions Started { get; } = started;

    /// <summary>The configuration in force.</summary>
    public ProxyOptions Now
    {
        get => Volatile.Read(ref _now);
        set => Volatile.Write(ref _now, value);
    }

    /// <summary>What came of the last reload; null: there was none.</summary>
    public ReloadOutcome? LastReload
    {
        get => Volatile.Read(ref _lastReload);
        set => Volatile.Write(ref _lastReload, value);
    }
}
