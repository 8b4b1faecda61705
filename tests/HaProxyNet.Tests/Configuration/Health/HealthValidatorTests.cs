using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Configuration.Reading;
using HaProxyNet.Configuration.Validation;

namespace HaProxyNet.Tests.Configuration.Health;

public sealed class HealthValidatorTests
{
    [Theory]
    [InlineData(
        """{ "Method": "Http", "Path": "heartbeat" }""", "Path: 'heartbeat' is not the path of a URL; a path such as /nidp/app/heartbeat")]
    [InlineData("""{ "Method": "Http", "Path": "/a b" }""", "Path: '/a b' is not the path of a URL; a path such as /nidp/app/heartbeat")]
    [InlineData("""{ "Method": "Http", "ExpectStatus": 20 }""", "ExpectStatus: 20 is less than 100; a whole number from 100 to 599")]
    [InlineData("""{ "Port": 70000 }""", "Port: 70000 is more than 65535; a whole number from 1 to 65535")]
    [InlineData("""{ "Method": "Tls", "Host": "iqs", "Thumbprints": [ "AB" ] }""", "Thumbprints[0]: 'AB' is not a SHA-256 thumbprint; 64 "
        + "hexadecimal digits, with or without colons (openssl x509 -noout -fingerprint -sha256 -in FILE; doctor prints it)")]
    [InlineData(
        """{ "Method": "Tls", "Host": "iqs", "Certificate": { "KeyPath": "own.key" } }""",
        "Certificate.Path: is missing, and KeyPath is given; the PEM file with the certificate and its chain")]
    [InlineData(
        """{ "Method": "Tls", "Host": "no host" }""", "Host: 'no host' is not a host name; a host name or an IP address, without a port")]
    [InlineData("""{ "Method": "Ldap", "Port": 636 }""", "Tls: is not set, and port 636 is that of LDAP over TLS; true")]
    [InlineData("""{ "Drill": { "At": "3 am" } }""", "Drill.At: '3 am' is not a time of day; a time of day such as 03:30")]
    [InlineData("""{ "AnswerWithin": "00:00:05" }""", "AnswerWithin: is set, and Method HalfOpen is answered by the destination's system "
        + "even if its program is stopped; Method Tls, Http, Ldap or StatusServer, or 00:00:00")]
    [InlineData("""{ "AnswerWithin": "00:00:05", "Method": "Connect" }""", "AnswerWithin: is set, and Method Connect is answered by the "
        + "destination's system even if its program is stopped; Method Tls, Http, Ldap or StatusServer, or 00:00:00")]
    [InlineData("""{ "AnswerWithin": "00:00:05", "Method": "Ldap", "Probe": "Never" }""", "AnswerWithin: is set, and with Probe Never "
        + "nobody asks a destination that does not answer; Probe WhenDown, WhenIdleOrDown or Always, or 00:00:00")]
    [InlineData(
        """{ "AnswerWithin": "-00:00:05", "Method": "Ldap" }""",
        "AnswerWithin: -00:00:05 is negative; a time such as 00:00:03, or 00:00:00 for no bound")]
    [InlineData("""{ "Interval": "00:00:00" }""", "Interval: is zero; a time of more than zero, such as 00:00:03")]
    public void Read_ImpossibleProbe_IsAFault(string health, string expected)
        => Assert.Contains(
            $"HaProxyNet.Clusters.iqservice.Health.{expected}", ConfigurationSample.FaultsOf(With(health)).Select(f => f.ToString()));

    [Theory]
    [InlineData("""{ "Path": "/x" }""", "Path: has no effect with Method HalfOpen; Method Http")]
    [InlineData("""{ "ExpectStatus": 204 }""", "ExpectStatus: has no effect with Method HalfOpen; Method Http")]
    [InlineData(
        """{ "Method": "Connect", "Host": "iqs" }""",
        "Host: has no effect with Method Connect; Method Tls or StatusServer, or Http or Ldap over TLS")]
    [InlineData(
        """{ "Method": "Ldap", "Verify": false }""",
        "Verify: has no effect with Method Ldap; Method Tls or StatusServer, or Http or Ldap over TLS")]
    [InlineData(
        """{ "CaPath": "ca.pem" }""",
        "CaPath: has no effect with Method HalfOpen; Method Tls or StatusServer, or Http or Ldap over TLS")]
    [InlineData(
        """{ "Method": "Http", "Tls": false, "Certificate": { "Path": "own.pem" } }""",
        "Certificate: has no effect with Method Http; Method Tls or StatusServer, or Http or Ldap over TLS")]
    [InlineData(
        """{ "Method": "Tls", "Verify": false, "CaPath": "ca.pem" }""", "CaPath: has no effect as long as Verify is false; Verify true")]
    [InlineData(
        """{ "Method": "StatusServer", "Tls": true, "Host": "r" }""", "Tls: has no effect with Method StatusServer; Method Http or Ldap")]
    [InlineData("""{ "Method": "Tls", "Tls": true, "Host": "iqs" }""", "Tls: has no effect with Method Tls; Method Http or Ldap")]
    [InlineData(
        """{ "Method": "Http", "Port": 8080, "Host": "idp" }""",
        "Tls: is not set, and Http is spoken over TLS then, also to port 8080; false, or true to say that you know")]
    [InlineData("""{ "Interval": "00:00:00.5" }""", "Interval: is 00:00:00.5000000: a destination that is up is asked more often than one "
        + "that is down (DownInterval 00:00:01); a time of DownInterval or more")]
    [InlineData(
        """{ "Probe": "WhenDown", "Interval": "00:00:05" }""",
        "Interval: has no effect with Probe WhenDown; Probe WhenIdleOrDown or Always")]
    [InlineData("""{ "Probe": "Never" }""", "Probe: is Never: a destination that went down is not found up again while another one serves, "
        + "so there is no failback to it; WhenDown, WhenIdleOrDown, or Always")]
    [InlineData("""{ "Drill": { "Method": "Connect" } }""", "Drill.Method: has no effect without At; a time of day in At, such as 03:30")]
    public void Read_WithoutEffectOrDoubtful_IsAWarning(string health, string expected)
    {
        var reading = ConfigurationSample.Load(With(health)).Reading;

        Assert.Empty(reading.Faults);
        Assert.Equal([$"HaProxyNet.Clusters.iqservice.Health.{expected}"], reading.Warnings.Select(w => w.ToString()));
    }

    [Theory]
    [InlineData(25, true)]
    [InlineData(22, true)]
    [InlineData(993, true)]
    [InlineData(636, false)]
    [InlineData(5050, false)]
    public void Read_AnswerWithinWhereTheServerSpeaksFirst_IsAWarning(int port, bool isWarned)
    {
        var json = ConfigurationSample.With(
            "Clusters.iqservice",
            $$"""
            {
              "Destinations": [ { "Name": "a", "Address": "10.0.0.1:{{port}}" } ],
              "Health": { "Method": "Ldap", "Tls": false, "AnswerWithin": "00:00:05" }
            }
            """);
        var expected = "HaProxyNet.Clusters.iqservice.Health.AnswerWithin: finds nobody waiting where the server speaks first, "
            + $"as at 10.0.0.1:{port}: its greeting counts as the answer; "
            + "Probe Always with a Method that the program must answer, or 00:00:00";

        Assert.Equal(isWarned ? [expected] : [], ConfigurationSample.Load(json).Reading.Warnings.Select(w => w.ToString()));
    }

    [Fact]
    public void Read_CertificateOfAnAddress_IsAWarning()
    {
        var json = ConfigurationSample.With("Clusters.iqservice-tls.Health", """{ "Method": "Tls" }""");

        Assert.Equal(
            ["HaProxyNet.Clusters.iqservice-tls.Health.Host: is empty, so the certificate must bear the address of 10.0.0.1:6060; the name "
                + "in the certificate, or Verify false"],
            ConfigurationSample.Load(json).Reading.Warnings.Select(w => w.ToString()));
    }

    [Theory]
    [InlineData("""{ "Method": "Http", "Port": 8443, "Path": "/nidp/app/heartbeat", "ExpectStatus": 200, "Verify": false }""")]
    [InlineData("""{ "Method": "Http", "Tls": false, "Port": 80, "Host": "idp.example" }""")]
    [InlineData("""{ "Method": "Ldap", "Port": 636, "Tls": true, "Host": "ad.example" }""")]
    [InlineData("""{ "Method": "Ldap", "Port": 636, "Tls": false }""")]
    [InlineData("""{ "Method": "Ldap", "Port": 389 }""")]
    [InlineData("""{ "Probe": "Always", "Method": "Connect", "Interval": "00:00:05" }""")]
    [InlineData("""{ "Drill": { "At": "03:30", "Method": "Connect" } }""")]
    [InlineData("""{ "Drill": { "At": "03:30", "Method": "Http" }, "Path": "/health", "ExpectStatus": 204, "Tls": false }""")]
    public void Read_WholeProbe_NothingToSay(string health)
    {
        var reading = ConfigurationSample.Load(With(health)).Reading;

        Assert.Empty(reading.Faults.Concat(reading.Warnings));
    }

    [Theory]
    [InlineData(false, ProbeMode.WhenIdleOrDown, ProbeMethod.HalfOpen, true)]
    [InlineData(false, ProbeMode.WhenIdleOrDown, ProbeMethod.Connect, false)]
    [InlineData(true, ProbeMode.WhenIdleOrDown, ProbeMethod.HalfOpen, false)]
    public void Validate_HalfOpenWhereItIsImpossible_IsAWarning(bool isPossible, ProbeMode mode, ProbeMethod method, bool isWarned)
    {
        var cluster = new ClusterOptions { Health = new HealthOptions { Probe = mode, Method = method } };
        var faults = new FaultCollector();

        new HealthValidator(isPossible).Validate(new ValidationContext(new ProxyOptions { Clusters = { ["iqs"] = cluster } }, faults));

        Assert.Equal(
            isWarned
                ? ["HaProxyNet.Clusters.iqs.Health.Method: HalfOpen needs Linux: probes connect and reset here, which the agents' accept() "
                    + "sees; Method Connect, to say that you know"]
                : [],
            faults.Warnings.Select(w => w.ToString()));
    }

    /// <summary>Where the proxy is the TLS client of the destinations, probes of their own port are like its connections.</summary>
    [Theory]
    [InlineData(ProbeMethod.Tls, null, "", true)]
    [InlineData(ProbeMethod.Http, null, "idp.example", true)]
    [InlineData(ProbeMethod.Http, 8443, "idp.example", false)]
    [InlineData(
        ProbeMethod.Tls,
        null,
        "iqs.example",
        true,
        "Host: has no effect: at the own port probes ask for the name that connections ask for, by Tls of the cluster; a Port, or nothing")]
    [InlineData(
        ProbeMethod.Http,
        null,
        "",
        false,
        "Verify: has no effect because at the own port probes verify as connections do, by Tls of the cluster; a Port, or nothing")]
    [InlineData(
        ProbeMethod.Tls,
        8443,
        "",
        true,
        "Host: is empty, so the certificate must bear the address of 10.0.0.1:6060; the name in the certificate, or Verify false")]
    public void Validate_ClusterWithTls_ItsTermsAreTheProbes(
        ProbeMethod method,
        int? port,
        string host,
        bool verify,
        params string[] expected)
    {
        var cluster = new ClusterOptions { Health = new HealthOptions { Method = method, Port = port, Host = host, Verify = verify } };
        cluster.Tls.Enabled = true;
        cluster.Destinations.Add(new DestinationOptions { Name = "primary", Address = "10.0.0.1:6060" });
        var faults = new FaultCollector();

        var context = new ValidationContext(new ProxyOptions { Clusters = { ["iqs"] = cluster } }, faults);
        new HealthValidator().Validate(context);
        new ProbeEncryptionValidator().Validate(context);

        Assert.Equal(expected.Select(e => $"HaProxyNet.Clusters.iqs.Health.{e}"), faults.Warnings.Select(w => w.ToString()));
    }

    private static string With(string health) => ConfigurationSample.With("Clusters.iqservice.Health", health);
}
