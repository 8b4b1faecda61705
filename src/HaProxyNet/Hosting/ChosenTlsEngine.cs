using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Tls;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport;

namespace HaProxyNet.Hosting;

/// <summary>
/// The TLS engine, chosen and loaded when something first uses TLS: at the start where the configuration does, or names an engine,
/// otherwise after the reload that brings it. A library that nothing uses costs 5 MB and some milliseconds of the start.
/// </summary>
internal sealed class ChosenTlsEngine : ITlsEngine
{
    private readonly Lazy<ITlsEngine> _engine;

    public ChosenTlsEngine(IServiceProvider services, ProxyOptions options)
    {
        _engine = new(() => TlsEngineChoice.Create(services));
        if (options.TlsEngine is not TlsEngineKind.Auto
            || options.Listeners.Values.Any(l => l.Tls.Mode is TlsMode.Terminate)
            || options.Clusters.Values.Any(c => c.Tls.Enabled))
        {
            _ = _engine.Value;
        }
    }

    public string Name => _engine.IsValueCreated ? _engine.Value.Name : "none";

    public TlsSession CreateServer(LaneSocket socket, TlsServerSettings settings) => _engine.Value.CreateServer(socket, settings);

    public TlsSession CreateClient(LaneSocket socket, TlsClientSettings settings) => _engine.Value.CreateClient(socket, settings);
}
