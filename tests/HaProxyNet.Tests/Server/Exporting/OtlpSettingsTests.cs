using HaProxyNet.Server.Exporting;

namespace HaProxyNet.Tests.Server.Exporting;

public sealed class OtlpSettingsTests
{
    [Fact]
    public void Read_NothingIsSet_NothingIsSent()
    {
        Assert.False(Read().IsOn);
        Assert.Empty(Read().Faults);
    }

    [Fact]
    public void Read_EndpointAlone_BothSignalsByHttpBelowIt()
    {
        var settings = Read(("ENDPOINT", "http://collector:4318/base/"));

        Assert.Equal(
            new OtlpTarget(new("http://collector:4318/base/v1/metrics"), IsGrpc: false, Headers: null, TimeSpan.FromSeconds(10)),
            settings.Metrics);
        Assert.Equal(new("http://collector:4318/base/v1/traces"), settings.Traces?.Endpoint);
        Assert.Equal(TimeSpan.FromMinutes(1), settings.Interval);
        Assert.Empty(settings.Faults);
    }

    [Fact]
    public void Read_OwnVariableOfASignal_WinsAndItsPathIsLeftAlone()
    {
        var settings = Read(
            ("ENDPOINT", "http://collector:4318"), ("METRICS_ENDPOINT", "https://metrics.example/push"), ("HEADERS", "a=1"),
            ("METRICS_HEADERS", "b=2"), ("TIMEOUT", "3000"), ("TRACES_PROTOCOL", "grpc"));

        Assert.Equal(new OtlpTarget(new("https://metrics.example/push"), IsGrpc: false, "b=2", TimeSpan.FromSeconds(3)), settings.Metrics);
        Assert.Equal(new OtlpTarget(new("http://collector:4318"), IsGrpc: true, "a=1", TimeSpan.FromSeconds(3)), settings.Traces);
    }

    [Theory]
    [InlineData("OTEL_SDK_DISABLED", "TRUE", false, false)]
    [InlineData("OTEL_METRICS_EXPORTER", "none", false, true)]
    [InlineData("OTEL_TRACES_EXPORTER", "none", true, false)]
    [InlineData("OTEL_TRACES_EXPORTER", "otlp", true, true)]
    [InlineData("OTEL_SDK_DISABLED", "", true, true)]
    public void Read_SwitchedOff_ThatSignalIsNotSent(string variable, string value, bool hasMetrics, bool hasTraces)
    {
        var settings =
            OtlpSettings.Read(name => name == variable ? value : name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://collector:4318" : null);

        Assert.Equal((hasMetrics, hasTraces), (settings.Metrics is not null, settings.Traces is not null));
        Assert.Empty(settings.Faults);
    }

    [Theory]
    [InlineData(
        "OTEL_EXPORTER_OTLP_PROTOCOL", "http/json", "OTEL_EXPORTER_OTLP_PROTOCOL is \"http/json\": allowed are grpc and http/protobuf")]
    [InlineData("OTEL_EXPORTER_OTLP_TIMEOUT", "10s", "OTEL_EXPORTER_OTLP_TIMEOUT is \"10s\": allowed is a number of milliseconds above 0")]
    [InlineData(
        "OTEL_EXPORTER_OTLP_HEADERS", "s3cret", "OTEL_EXPORTER_OTLP_HEADERS is no list of headers: allowed is name=value,name=value")]
    [InlineData(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "collector:4318",
        "OTEL_EXPORTER_OTLP_ENDPOINT is no URL of http or https: allowed is for example http://collector.example:4318")]
    [InlineData(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "s3cret",
        "OTEL_EXPORTER_OTLP_ENDPOINT is no URL of http or https: allowed is for example http://collector.example:4318")]
    public void Read_WrongValue_OneFaultWithoutASecretAndNothingIsSent(string variable, string value, string fault)
    {
        var settings =
            OtlpSettings.Read(name => name == variable ? value : name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://collector:4318" : null);

        Assert.Equal([fault], settings.Faults);
        Assert.False(settings.IsOn);
    }

    [Theory]
    [InlineData("OTEL_TRACES_EXPORTER", "zipkin", "OTEL_TRACES_EXPORTER is \"zipkin\": allowed are otlp and none")]
    [InlineData("OTEL_METRIC_EXPORT_INTERVAL", "-1", "OTEL_METRIC_EXPORT_INTERVAL is \"-1\": allowed is a number of milliseconds above 0")]
    public void Read_WrongValueOfOnePart_TheOtherIsSent(string variable, string value, string fault)
    {
        var settings =
            OtlpSettings.Read(name => name == variable ? value : name == "OTEL_EXPORTER_OTLP_ENDPOINT" ? "http://collector:4318" : null);

        Assert.Equal([fault], settings.Faults);
        Assert.NotNull(settings.Metrics);
    }

    [Fact]
    public void TargetInWords_HasNeitherUserNorPath()
        => Assert.Equal("https://collector:4318", Read(("ENDPOINT", "https://name:s3cret@collector:4318/token")).Metrics!.ToString());

    private static OtlpSettings Read(params (string Name, string Value)[] variables)
        => OtlpSettings.Read(name => variables.FirstOrDefault(v => "OTEL_EXPORTER_OTLP_" + v.Name == name).Value);
}
