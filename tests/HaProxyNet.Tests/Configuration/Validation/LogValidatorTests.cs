namespace HaProxyNet.Tests.Configuration.Validation;

public sealed class LogValidatorTests
{
    [Theory]
    [InlineData("Log", """{ "Format": "Xml" }""", "HaProxyNet.Log.Format: 'Xml' is not ")]
    [InlineData(
        "Log",
        """{ "Syslog": { "Address": "log:514" } }""",
        "HaProxyNet.Log.Syslog.Address: 'log:514' does not begin with udp://, tcp://, tls:// or unix:; udp://HOST:514, tcp://HOST:601")]
    [InlineData(
        "Log",
        """{ "Syslog": { "Address": "udp://log", "HostName": "my host" } }""",
        "HaProxyNet.Log.Syslog.HostName: 'my host' cannot stand in a syslog message; at most 255")]
    [InlineData("Log", """{ "Syslog": { "Facility": "Mail" } }""", "HaProxyNet.Log.Syslog.Facility: 'Mail' is not ")]
    [InlineData(
        "Listeners.iqservice.Log",
        """{ "Every": "00:00:00.5" }""",
        "HaProxyNet.Listeners.iqservice.Log.Every: 00:00:00.5000000 is less than a second; a time of 00:00:01 or more")]
    [InlineData(
        "Listeners.iqservice.Log", """{ "Every": "-00:00:05" }""", "HaProxyNet.Listeners.iqservice.Log.Every: -00:00:05 is negative; ")]
    public void Read_ImpossibleLog_IsAFault(string path, string value, string expected)
        => Assert.StartsWith(
            expected,
            Assert.Single(ConfigurationSample.FaultsOf(ConfigurationSample.With(path, value))).ToString(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "Syslog": { "CaPath": "ca.pem" } }""", "HaProxyNet.Log.Syslog.CaPath: has no effect without Address; ")]
    [InlineData(
        """{ "Syslog": { "Address": "tcp://log:601", "CaPath": "ca.pem" } }""",
        "HaProxyNet.Log.Syslog.CaPath: has no effect without TLS; an Address that begins with tls://")]
    public void Read_LogWithoutEffect_IsAWarning(string value, string expected)
    {
        var reading = ConfigurationSample.Load(ConfigurationSample.With("Log", value)).Reading;

        Assert.Empty(reading.Faults);
        Assert.StartsWith(expected, Assert.Single(reading.Warnings).ToString(), StringComparison.Ordinal);
    }
}
