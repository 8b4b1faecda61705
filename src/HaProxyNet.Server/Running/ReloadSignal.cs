namespace HaProxyNet.Server.Running;

/// <summary>SIGHUP: reads the configuration again.</summary>
internal sealed class ReloadSignal : IDisposable
{
    /// <summary>Obeys it until disposed; one that came earlier is obeyed now.</summary>
    public ReloadSignal(ConfigurationReload reload) => EarlySignals.Obey(reload.Now);

    public void Dispose() => EarlySignals.Obey(reload: null);
}
