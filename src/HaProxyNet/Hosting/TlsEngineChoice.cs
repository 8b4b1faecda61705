using HaProxyNet.Configuration;
using HaProxyNet.Telemetry;
using HaProxyNet.Tls.OpenSsl;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.SslStreams;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Reactor;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Hosting;

/// <summary>Chooses the TLS engine: the one that was asked for, or the best that this system and the transport allow.</summary>
internal static partial class TlsEngineChoice
{
    public static ITlsEngine Create(IServiceProvider services)
    {
        var options = services.GetRequiredService<ProxyOptions>();
        var logger = services.GetRequiredService<ILogger<ITlsEngine>>();
        var faults = services.GetRequiredService<InternalFaults>();
        if (options.TlsEngine is not TlsEngineKind.SslStream)
        {
            var obstacle = services.GetRequiredService<TransportEngine>() is not ReactorEngine ? "it needs the Reactor engine"
                : OpenSslLibrary.Version is null ? "there is no libssl.so.3"
                : null;
            if (obstacle is null)
            {
                LogChosen(logger, $"OpenSSL {OpenSslLibrary.Version}");
                return new OpenSslEngine(faults);
            }

            if (options.TlsEngine is TlsEngineKind.OpenSsl)
            {
                LogFallback(logger, obstacle);
            }
        }

        LogChosen(logger, "SslStream");
        return new SslStreamEngine(faults);
    }

    [LoggerMessage(EventIds.TlsEngineChosen, LogLevel.Information, "TLS is spoken by {Engine}.")]
    private static partial void LogChosen(ILogger logger, string engine);

    [LoggerMessage(EventIds.TlsEngineFallback, LogLevel.Warning,
        "The OpenSsl engine cannot run here ({Reason}); SslStream serves instead.")]
    private static partial void LogFallback(ILogger logger, string reason);
}
