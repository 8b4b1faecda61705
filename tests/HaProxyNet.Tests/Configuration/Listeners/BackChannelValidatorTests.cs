namespace HaProxyNet.Tests.Configuration.Listeners;

public sealed class BackChannelValidatorTests
{
    [Theory]
    [InlineData(7801, 1)]
    [InlineData(7901, 1)]
    [InlineData(443, 0)]
    [InlineData(7802, 0)]
    public void Validate_ListenerAtABackChannelPort_IsWarnedOf(int port, int warnings)
    {
        var reading = ConfigurationSample.Load($$"""
            { "HaProxyNet": {
              "Listeners": { "front": { "Endpoint": "0.0.0.0:{{port}}", "Cluster": "identity" } },
              "Clusters": { "identity": { "Destinations": [ { "Name": "idp1", "Address": "10.20.0.11:8443" } ] } } } }
            """).Reading;

        Assert.Empty(reading.Faults);
        Assert.Equal(warnings, reading.Warnings.Count(warning => warning.ToString().Contains("back channel", StringComparison.Ordinal)));
    }
}
