using HaProxyNet.Configuration.Reading;

namespace HaProxyNet.Tests.Configuration;

public sealed class TlsValidatorTests
{
    private const string Listener = "HaProxyNet.Listeners.iqservice";
    private const string Cluster = "HaProxyNet.Clusters.iqservice";
    private const string Certificate = """ "Certificate": { "Path": "vip.pem" } """;

    [Theory]
    [InlineData("""{ "Mode": "Terminate" }""", "", Listener + ".Tls.Certificate: is missing, and Mode is Terminate; a Path")]
    [InlineData(
        """{ "Mode": "Passthrough" }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.Mode: is Passthrough, and cluster iqservice has Tls.Enabled: the client's TLS would be wrapped")]
    [InlineData("""{ "Mode": "Passthrough", "ServerName": "a b" }""", "", Listener + ".Tls.ServerName: 'a b' is not a host name; ")]
    [InlineData(
        """{ "Mode": "Terminate", "CipherSuites": [ "TLS_AES_256_GCM_SHA385" ], "Certificate": { "Path": "a" } }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.CipherSuites[0]: 'TLS_AES_256_GCM_SHA385' is not a cipher suite; did you mean 'TLS_AES_256_GCM_SHA384'? ")]
    [InlineData(
        """{ "Mode": "Terminate", "MinVersion": "Tls13", "CipherSuites": [ "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" ],"""
            + """ "Certificate": { "Path": "a" } }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.CipherSuites: holds no suite of TLS 1.3, and MinVersion is Tls13: no client could connect; ")]
    [InlineData(
        """{ "Mode": "Terminate", "Alpn": [ "" ], "Certificate": { "Path": "a" } }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.Alpn[0]: '' cannot be a protocol; ")]
    [InlineData("""{ "Mode": "Terminate", "Certificate": { "KeyPath": "a" } }""", """{ "Enabled": true }""", Listener
        + ".Tls.Certificate: is missing, and Mode is Terminate; |"
        + Listener
        + ".Tls.Certificate.Path: is missing, and KeyPath is given; ")]
    [InlineData(
        """{ "Mode": "Terminate", "Certificates": [ {} ] }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.Certificates[0]: names no certificate; ")]
    [InlineData(
        """{ "Mode": "Terminate", "Certificate": { "Thumbprint": "12" } }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.Certificate.Thumbprint: '12' is not a SHA-1 thumbprint; 40 ")]
    [InlineData(
        "{}", """{ "Enabled": true, "Thumbprints": [ "12" ] }""", Cluster + ".Tls.Thumbprints[0]: '12' is not a SHA-256 thumbprint; 64 ")]
    [InlineData("{}", """{ "Enabled": true, "ServerName": "-" }""", Cluster + ".Tls.ServerName: '-' is not a host name; ")]
    public void Faults(string listener, string cluster, string expected)
    {
        var reading = Read(listener, cluster);

        AssertLines(expected, reading.Faults);
    }

    [Theory]
    [InlineData("{ \"Mode\": \"Terminate\", " + Certificate + "}", """{ "Enabled": true }""", "")]
    [InlineData("{ \"Mode\": \"Passthrough\", \"ServerName\": \"iqservice.corp.example\", \"HelloTimeout\": \"00:00:02\" }", "", "")]
    [InlineData("{ \"Mode\": \"Terminate\", " + Certificate + "}", "", Listener
        + ".Tls.Mode: is Terminate, and cluster iqservice gets plain bytes: IQService's TLS and plain ports speak different formats")]
    [InlineData(
        "{ \"Mode\": \"Passthrough\", " + Certificate + "}",
        "",
        Listener + ".Tls.Certificate: has no effect with Mode Passthrough; Mode Terminate")]
    [InlineData(
        """{ "ServerName": "a.example", "HelloTimeout": "00:00:02" }""",
        "",
        Listener + ".Tls.HelloTimeout: has no effect with Mode None; |" + Listener + ".Tls.ServerName: has no effect with Mode None; ")]
    [InlineData(
        """{ "ClientCertificate": { "CaPath": "ca.pem" } }""",
        "",
        Listener + ".Tls.ClientCertificate.CaPath: has no effect with ClientCertificate.Mode None")]
    [InlineData(
        "{ \"Mode\": \"Terminate\", \"CipherSuites\": [ \"TLS_RSA_WITH_RC4_128_SHA\" ], " + Certificate + "}",
        """{ "Enabled": true }""",
        Listener + ".Tls.CipherSuites[0]: TLS_RSA_WITH_RC4_128_SHA protects nothing any more; ")]
    [InlineData(
        """{ "Mode": "Terminate", "Certificate": { "Path": "a", "Subject": "b" } }""",
        """{ "Enabled": true }""",
        Listener + ".Tls.Certificate.Subject: has no effect next to Path; ")]
    [InlineData("{}", """{ "Enabled": true, "Verify": false }""", Cluster
        + ".Tls.Verify: is false: the destinations' certificates are NOT VERIFIED, and anyone in between can read and change everything; ")]
    [InlineData(
        "{}",
        """{ "Enabled": true, "Verify": false, "CaPath": "ca.pem" }""",
        Cluster + ".Tls.CaPath: has no effect as long as Verify is false; |" + Cluster + ".Tls.Verify: is false")]
    [InlineData("{}", """{ "ServerName": "a.example" }""", Cluster + ".Tls.ServerName: has no effect as long as Enabled is false; ")]
    public void Warnings(string listener, string cluster, string expected)
    {
        var reading = Read(listener, cluster);

        Assert.Empty(reading.Faults);
        AssertLines(expected, reading.Warnings);
    }

    [Fact]
    public void TerminateOnFirstByte_Warning()
    {
        var json = ConfigurationSample.With("Listeners.iqservice", "{ \"Endpoint\": \"0.0.0.0:5050\", \"Cluster\": \"iqservice\", "
            + "\"ConnectOn\": \"FirstByte\", \"Tls\": { \"Mode\": \"Terminate\", " + Certificate + " } }");

        Assert.Contains(ConfigurationSample.Load(json).Reading.Warnings, w =>
            w.ToString().StartsWith(Listener + ".ConnectOn: FirstByte has no effect with Tls.Mode Terminate", StringComparison.Ordinal));
    }

    private static void AssertLines(string expected, IReadOnlyList<ConfigurationFault> found)
    {
        var starts = expected.Split('|', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(starts.Length, found.Count);
        Assert.All(starts.Zip(found), pair => Assert.StartsWith(pair.First, pair.Second.ToString(), StringComparison.Ordinal));
    }

    private static ConfigurationReading Read(string listener, string cluster)
    {
        var json = System.Text.Json.Nodes.JsonNode.Parse(ConfigurationSample.Valid)!;
        json["HaProxyNet"]!["Listeners"]!["iqservice"]!["Tls"] = System.Text.Json.Nodes.JsonNode.Parse(listener);
        json["HaProxyNet"]!["Clusters"]!["iqservice"]!["Tls"] = System.Text.Json.Nodes.JsonNode.Parse(cluster.Length > 0 ? cluster : "{}");
        return ConfigurationSample.Load(json.ToJsonString()).Reading;
    }
}
