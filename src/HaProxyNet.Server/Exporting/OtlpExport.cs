using HaProxyNet.Management.Tracing;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace HaProxyNet.Server.Exporting;

/// <summary>
/// Sends metrics and traces by OTLP, where the environment says where to. Nothing of it exists otherwise. It has threads of its own, and
/// nothing waits for it but the end of the process, for a moment.
/// </summary>
internal sealed partial class OtlpExport(OtlpSettings settings, InternalFaults faults, ILogger<OtlpExport> logger) : IHostedLifecycleService
{
    /// <summary>How long the last figures may take when the process ends.</summary>
    private const int LastMilliseconds = 2000;

    private MeterProvider? _metrics;
    private TracerProvider? _traces;

    /// <summary>Adds it, if the environment asks for it.</summary>
    public static void AddTo(IServiceCollection services, Func<string, string?> variable)
    {
        var settings = OtlpSettings.Read(variable);
        if (settings.IsOn || settings.Faults.Count > 0)
        {
            services.AddHostedService(provider => new OtlpExport(
                settings, provider.GetRequiredService<InternalFaults>(), provider.GetRequiredService<ILogger<OtlpExport>>()));
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        foreach (var fault in settings.Faults)
        {
            LogFault(fault);
        }

        // What the library makes of its many variables must not keep the proxy from serving.
        faults.Contain(FaultPlace.Background, static export => export.Begin(), this);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After the drain, so that the last connections are in the last figures.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.WhenAll(
        Task.Run(() => _metrics?.Shutdown(LastMilliseconds), CancellationToken.None),
        Task.Run(() => _traces?.Shutdown(LastMilliseconds), CancellationToken.None));

    private void Begin()
    {
        if (settings.Metrics is { } metrics)
        {
            _metrics = Metrics(metrics);
            LogOn("metrics", metrics.ToString());
        }

        if (settings.Traces is { } traces)
        {
            _traces = Traces(traces);
            LogOn("traces", traces.ToString());
        }
    }

    private MeterProvider Metrics(OtlpTarget target) => Sdk.CreateMeterProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddMeter(ProxyMetrics.MeterName)
        .AddMeter("System.Runtime")
        .AddView(static instrument => new MetricStreamConfiguration { CardinalityLimit = ExportRoom.Of(instrument.Name) })
        .AddReader(new PeriodicExportingMetricReader(
            new WatchedMetricExporter(Options(target), new ExportWatch("metrics", target, logger)),
            (int)settings.Interval.TotalMilliseconds))
        .Build();

    private TracerProvider Traces(OtlpTarget target) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(Resource())
        .AddSource(FailoverTracer.SourceName)
        .AddProcessor(new BatchActivityExportProcessor(
            new WatchedTraceExporter(Options(target), new ExportWatch("traces", target, logger)),
            scheduledDelayMilliseconds: new BatchExportActivityProcessorOptions().ScheduledDelayMilliseconds))
        .Build();

    /// <summary>What the environment names wins.</summary>
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService("haproxynet", serviceVersion: ProxyVersion.Text)
        .AddAttributes([new("host.name", Environment.MachineName)])
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static OtlpExporterOptions Options(OtlpTarget target)
    {
        var options = new OtlpExporterOptions
        {
            Endpoint = target.Endpoint,
            Protocol = target.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf,
            TimeoutMilliseconds = (int)target.Timeout.TotalMilliseconds,
        };
        if (target.Headers is { } headers)
        {
            options.Headers = headers;
        }

        return options;
    }

    [LoggerMessage(EventIds.ExportOn, LogLevel.Information, "OpenTelemetry: {Signal} are sent to {Receiver}.")]
    private partial void LogOn(string signal, string receiver);

    [LoggerMessage(EventIds.ExportFault, LogLevel.Warning,
        "OpenTelemetry: {Fault}. What it concerns is not sent; correct the variable and restart the proxy.")]
    private partial void LogFault(string fault);
}
