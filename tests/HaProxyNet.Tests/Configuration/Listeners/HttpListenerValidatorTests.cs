using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration.Listeners;

public sealed class HttpListenerValidatorTests
{
    [Theory]
    [InlineData("""  "Tls": { "Mode": "Passthrough" }  """, "Listeners.web.Tls.Mode: is Passthrough, and Protocol is Http")]
    [InlineData(
        """  "Tls": { "Mode": "Passthrough" }, "Routes": [ { "ServerName": "a.example", "Cluster": "web" } ]  """,
        "Listeners.web.Routes: choose a cluster by the server name")]
    [InlineData("""  "Tls": { "Alpn": [ "h2" ] }  """, "Listeners.web.Tls.Alpn[0]: 'h2' is not spoken")]
    [InlineData("""  "Http": { "AffinityCookie": "a b" }  """, "Listeners.web.Http.AffinityCookie: 'a b' cannot be the name of a cookie")]
    public void Validate_HttpThatCannotWork_IsAFault(string more, string expected)
        => Assert.Contains(Read("Http", more).Faults, fault => fault.ToString().Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("Http", """  "ConnectOn": "FirstByte"  """, "Listeners.web.ConnectOn: FirstByte has no effect with Protocol Http")]
    [InlineData("Http", """  "Http": { "AffinityCookie": "m" }  """, "Listeners.web.Http.AffinityCookie: has no effect: cluster web")]
    [InlineData("Tcp", """  "Http": { "AffinityCookie": "m" }  """, "Listeners.web.Http.AffinityCookie: has no effect with Protocol Tcp")]
    public void Validate_SettingWithoutEffect_IsWarnedOf(string protocol, string more, string expected)
    {
        var reading = Read(protocol, more);
        Assert.Empty(reading.Faults);
        Assert.Contains(reading.Warnings, warning => warning.ToString().Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Validate_PlainHttp_IsSilent()
    {
        var reading = Read("Http", """  "ProxyProtocol": { "AcceptFrom": [ "10.0.0.1" ] }  """);
        Assert.Empty(reading.Faults);
        Assert.Empty(reading.Warnings);
    }

    private static ConfigurationReading Read(string protocol, string more) => ConfigurationSample.Load($$"""
        { "HaProxyNet": {
          "Listeners": { "web": { "Endpoint": "0.0.0.0:8080", "Cluster": "web", "Protocol": "{{protocol}}", {{more}} } },
          "Clusters": { "web": { "Destinations": [
            { "Name": "a", "Address": "10.0.0.1:80" }, { "Name": "b", "Address": "10.0.0.2:80" } ] } } } }
        """).Reading;
}
