namespace HaProxyNet.Tests.Configuration.Reading;

/// <summary>A valid configuration with one thing wrong: one fault, at its path, with what is allowed.</summary>
public sealed class SingleFaultTests
{
    [Theory]
    // Unknown keys: what was meant, or where the key belongs.
    [InlineData(
        "Lisseners", "1", "HaProxyNet.Lisseners: unknown key 'Lisseners'; did you mean 'Listeners'? Allowed here: Admin, Clusters, ")]
    [InlineData("Foo", "{}", "HaProxyNet.Foo: unknown key 'Foo'; allowed here: Admin, Clusters, ")]
    [InlineData(
        "Admin.Foo",
        "{}",
        "HaProxyNet.Admin.Foo: unknown key 'Foo'; allowed here: AllowedHosts, ControlSocket, Endpoint, HistoryDays, StateFile")]
    [InlineData(
        "ConnectTimeout",
        "\"00:00:01\"",
        "HaProxyNet.ConnectTimeout: unknown key 'ConnectTimeout'; it belongs in HaProxyNet.Clusters.NAME.")]
    [InlineData(
        "Listeners.iqservice.Address",
        "\"a:1\"",
        "HaProxyNet.Listeners.iqservice.Address: unknown key 'Address'; it belongs in HaProxyNet.Clusters.NAME.Destinations[N].")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Adress",
        "\"a:1\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Adress: unknown key 'Adress'; did you mean 'Address'?")]
    [InlineData(
        "Clusters.iqservice.Health.Cadence",
        "\"00:00:01\"",
        "HaProxyNet.Clusters.iqservice.Health.Cadence: unknown key 'Cadence'; allowed here: AnswerWithin, CaPath")]
    // Shapes.
    [InlineData(
        "Admin",
        "3",
        "HaProxyNet.Admin: '3' is a value where an object is expected; an object with Endpoint, AllowedHosts, ControlSocket, StateFile")]
    [InlineData("Listeners", "\"x\"", "HaProxyNet.Listeners: 'x' is a value where an object is expected; an object of names")]
    [InlineData("Listeners", "[{}]", "HaProxyNet.Listeners: a list stands where an object is expected; an object of names")]
    [InlineData(
        "Listeners.iqservice",
        "5050",
        "HaProxyNet.Listeners.iqservice: '5050' is a value where an object is expected; an object with Endpoint")]
    [InlineData(
        "Listeners.iqservice.AllowedClients",
        "\"10.0.0.0/8\"",
        "HaProxyNet.Listeners.iqservice.AllowedClients: '10.0.0.0/8' is a value where a list is expected; a list in [ ]")]
    [InlineData(
        "Listeners.iqservice.AllowedClients",
        "{\"a\":\"10.0.0.0/8\"}",
        "HaProxyNet.Listeners.iqservice.AllowedClients: an object stands where a list is expected; a list in [ ]")]
    [InlineData(
        "Listeners.iqservice.Endpoint",
        "{\"Port\":5050}",
        "HaProxyNet.Listeners.iqservice.Endpoint: an object or list stands where a value is expected; a text")]
    [InlineData(
        "Listeners.iqservice.Endpoint",
        "[\"0.0.0.0:1\",\"0.0.0.0:2\"]",
        "HaProxyNet.Listeners.iqservice.Endpoint: an object or list stands where a value is expected; a text")]
    [InlineData("Listeners.iqservice.Endpoint", "null", "HaProxyNet.Listeners.iqservice.Endpoint: has no value; a text")]
    [InlineData(
        "Clusters.iqservice.Destinations.0",
        "\"iqs1:5050\"",
        "HaProxyNet.Clusters.iqservice.Destinations[0]: 'iqs1:5050' is a value where an object is expected; an object with Name, Address")]
    // Types.
    [InlineData(
        "Listeners.iqservice.MaxConnections",
        "\"many\"",
        "HaProxyNet.Listeners.iqservice.MaxConnections: 'many' is not a whole number; a whole number up to 2147483647")]
    [InlineData(
        "Listeners.iqservice.MaxConnections", "1.5", "HaProxyNet.Listeners.iqservice.MaxConnections: '1.5' is not a whole number; ")]
    [InlineData(
        "Listeners.iqservice.MaxConnections",
        "99999999999",
        "HaProxyNet.Listeners.iqservice.MaxConnections: '99999999999' is not a whole number; ")]
    [InlineData("Listeners.iqservice.MaxConnections", "\"\"", "HaProxyNet.Listeners.iqservice.MaxConnections: '' is not a whole number; ")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "3",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: '3' is not a time: it does not say of what; hours:minutes:seconds")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "\"3s\"",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: '3s' is not a time; hours:minutes:seconds")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "\"00:30\"",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: '00:30' is not a time; hours:minutes:seconds")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "\"25:00:00\"",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: '25:00:00' is not a time; hours:minutes:seconds")]
    // Ranges.
    [InlineData(
        "Listeners.iqservice.MaxConnections",
        "0",
        "HaProxyNet.Listeners.iqservice.MaxConnections: 0 is less than 1; a whole number, 1 or more")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "\"-00:00:03\"",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: -00:00:03 is negative; a time of more than zero")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "\"00:00:00\"",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: is zero; a time of more than zero")]
    [InlineData(
        "Clusters.iqservice.ConnectTimeout",
        "\"24.00:00:00.001\"",
        "HaProxyNet.Clusters.iqservice.ConnectTimeout: 24.00:00:00.0010000 is more than 24 days; a time of more than zero")]
    [InlineData(
        "Clusters.iqservice.IdleTimeout",
        "\"-1.00:00:00\"",
        "HaProxyNet.Clusters.iqservice.IdleTimeout: -1.00:00:00 is negative; a time such as 00:00:03, or 00:00:00 for no limit")]
    [InlineData(
        "Clusters.iqservice.Health.DownInterval",
        "\"00:00:00\"",
        "HaProxyNet.Clusters.iqservice.Health.DownInterval: is zero; a time of more than zero")]
    [InlineData("Threads", "257", "HaProxyNet.Threads: 257 is more than 256; a whole number from 0 to 256")]
    [InlineData(
        "Engine", "\"Reacter\"", "HaProxyNet.Engine: 'Reacter' is not known; did you mean 'Reactor'? Allowed: Auto, Reactor, Managed")]
    [InlineData(
        "ShutdownTimeout",
        "\"-00:00:01\"",
        "HaProxyNet.ShutdownTimeout: -00:00:01 is negative; a time such as 00:00:03, or 00:00:00 for no waiting")]
    // Listeners and the admin endpoint.
    [InlineData("Listeners", "{}", "HaProxyNet.Listeners: there is no listener; at least one")]
    [InlineData("Listeners.iqservice.Endpoint", "\"\"", "HaProxyNet.Listeners.iqservice.Endpoint: is missing; an IP address and a port")]
    [InlineData(
        "Listeners.iqservice.Endpoint", "5050", "HaProxyNet.Listeners.iqservice.Endpoint: '5050' has no port; an IP address and a port")]
    [InlineData(
        "Admin.ControlSocket",
        "\"control.sock\"",
        "HaProxyNet.Admin.ControlSocket: 'control.sock' depends on the working directory; an absolute path, or empty ")]
    [InlineData(
        "Admin.StateFile",
        "\"./state.json\"",
        "HaProxyNet.Admin.StateFile: './state.json' depends on the working directory; an absolute path, or empty ")]
    [InlineData(
        "Admin.StateFile", "\"/var/lib/haproxynet/\"", "HaProxyNet.Admin.StateFile: '/var/lib/haproxynet/' is not the path of a file; ")]
    [InlineData(
        "Admin.AllowedHosts",
        "[\"proxy1:9090\"]",
        "HaProxyNet.Admin.AllowedHosts[0]: 'proxy1:9090' is not a host name; a host name or an IP address without a port")]
    [InlineData(
        "Admin.AllowedHosts",
        "[\"10.0.0.300\"]",
        "HaProxyNet.Admin.AllowedHosts[0]: '10.0.0.300' is neither a host name nor an IP address; a host name")]
    [InlineData("Admin.Endpoint", "\"9090\"", "HaProxyNet.Admin.Endpoint: '9090' has no port; an IP address and a port")]
    [InlineData("Listeners.iqservice-tls.Endpoint", "\"0.0.0.0:5050\"", "HaProxyNet.Listeners.iqservice-tls.Endpoint: 0.0.0.0:5050 is "
        + "already claimed by HaProxyNet.Listeners.iqservice.Endpoint (0.0.0.0:5050); ")]
    [InlineData("Listeners.iqservice-tls.Endpoint", "\"127.0.0.1:5050\"", "HaProxyNet.Listeners.iqservice-tls.Endpoint: 127.0.0.1:5050 is "
        + "already claimed by HaProxyNet.Listeners.iqservice.Endpoint (0.0.0.0:5050); ")]
    [InlineData("Listeners.iqservice-tls.Endpoint", "\"[::]:5050\"", "HaProxyNet.Listeners.iqservice-tls.Endpoint: [::]:5050 is already "
        + "claimed by HaProxyNet.Listeners.iqservice.Endpoint (0.0.0.0:5050); ")]
    [InlineData(
        "Listeners.iqservice.Endpoint",
        "\"0.0.0.0:9090\"",
        "HaProxyNet.Listeners.iqservice.Endpoint: 0.0.0.0:9090 is already claimed by HaProxyNet.Admin.Endpoint (127.0.0.1:9090); ")]
    [InlineData("Listeners.iqservice.AllowedClients.0", "\"10.0.0.1/8\"", "HaProxyNet.Listeners.iqservice.AllowedClients[0]: '10.0.0.1/8' "
        + "has bits set behind its prefix: the network is 10.0.0.0/8; a network")]
    [InlineData(
        "Listeners.iqservice.AllowedClients.0",
        "\"any\"",
        "HaProxyNet.Listeners.iqservice.AllowedClients[0]: 'any' is neither a network nor an IP address; a network")]
    [InlineData("Listeners.iqservice.Cluster", "\"iqservise\"", "HaProxyNet.Listeners.iqservice.Cluster: no cluster is named 'iqservise'; "
        + "did you mean 'iqservice'? Defined: iqservice, iqservice-tls")]
    [InlineData(
        "Listeners.iqservice.Cluster",
        "\"ldap\"",
        "HaProxyNet.Listeners.iqservice.Cluster: no cluster is named 'ldap'; one of those defined: iqservice, iqservice-tls")]
    [InlineData(
        "Listeners.iqservice.Cluster",
        "\"\"",
        "HaProxyNet.Listeners.iqservice.Cluster: is missing; one of those defined: iqservice, iqservice-tls")]
    [InlineData(
        "Listeners.a b",
        "{\"Endpoint\":\"0.0.0.0:1\",\"Cluster\":\"iqservice\"}",
        "HaProxyNet.Listeners.a b: 'a b' cannot be a name; letters, digits")]
    [InlineData(
        "Listeners.-x",
        "{\"Endpoint\":\"0.0.0.0:1\",\"Cluster\":\"iqservice\"}",
        "HaProxyNet.Listeners.-x: '-x' cannot be a name; letters, digits")]
    // Clusters.
    [InlineData(
        "Clusters.iqservice.Destinations",
        "[]",
        "HaProxyNet.Clusters.iqservice.Destinations: there is no destination; a list of at least one")]
    [InlineData(
        "Clusters.iqservice", "null", "HaProxyNet.Clusters.iqservice.Destinations: there is no destination; a list of at least one")]
    [InlineData(
        "Clusters.a/b",
        "{\"Destinations\":[{\"Name\":\"a\",\"Address\":\"a:1\"}]}",
        "HaProxyNet.Clusters.a/b: 'a/b' cannot be a name; letters, digits")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Name",
        "\"\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Name: is missing; a name that is unique in its cluster")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Name",
        "\"second one\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Name: 'second one' cannot be a name; letters, digits")]
    [InlineData("Clusters.iqservice.Destinations.1.Name", "\"PRIMARY\"", "HaProxyNet.Clusters.iqservice.Destinations[1].Name: 'PRIMARY' is "
        + "already the name of HaProxyNet.Clusters.iqservice.Destinations[0]; a name that is unique")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Address",
        "\"iqs2\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Address: 'iqs2' has no port; a host name or IP address and a port from 1 to 65535")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Address",
        "\"\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Address: is missing; a host name or IP address")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Address",
        "\"IQS1.corp.example:5050\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Address: iqs1.corp.example:5050 is already the address of "
            + "HaProxyNet.Clusters.iqservice.Destinations[0]; an address of its own")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Address",
        "\"iqs1.corp.example.:5050\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Address: iqs1.corp.example.:5050 is already the address of "
            + "HaProxyNet.Clusters.iqservice.Destinations[0]; an address of its own")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Address",
        "\"localhost.:5050\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Address: localhost.:5050 is where this proxy itself listens ")]
    [InlineData(
        "Clusters.iqservice.Destinations.1.Address",
        "\"[::ffff:127.0.0.1]:5050\"",
        "HaProxyNet.Clusters.iqservice.Destinations[1].Address: [::ffff:127.0.0.1]:5050 is where this proxy itself listens ")]
    [InlineData("Clusters.iqservice.Destinations.1.Address", "\"127.0.0.1:5050\"", "HaProxyNet.Clusters.iqservice.Destinations[1].Address: "
        + "127.0.0.1:5050 is where this proxy itself listens (HaProxyNet.Listeners.iqservice); ")]
    [InlineData("Clusters.iqservice.Destinations.1.Address", "\"localhost:5050\"", "HaProxyNet.Clusters.iqservice.Destinations[1].Address: "
        + "localhost:5050 is where this proxy itself listens (HaProxyNet.Listeners.iqservice); ")]
    public void Read_OneThingWrong_ExactlyThatFault(string path, string json, string line)
    {
        var fault = Assert.Single(ConfigurationSample.FaultsOf(ConfigurationSample.With(path, json)));
        Assert.StartsWith(line, fault.ToString());
    }
}
