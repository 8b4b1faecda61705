namespace HaProxyNet.Tests.Configuration.Maintaining;

public sealed class MaintenanceValidatorTests
{
    [Theory]
    [InlineData("""{ "Store": "Etcd" }""", "Etcd.Endpoints: is empty, and Store is Etcd; a URL such as https://etcd1.corp.example:2379")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "etcd1:2379" ] } }""",
        "Etcd.Endpoints[0]: 'etcd1:2379' is not the URL of a member of etcd; ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://a:1", "https://a:1/v3" ] } }""",
        "Etcd.Endpoints[1]: 'https://a:1/v3' is not the URL")]
    [InlineData("""{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://root:x@a:1" ] } }""", "Etcd.Endpoints[0]: ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://a:1" ], "Prefix": "x" } }""",
        "Etcd.Prefix: 'x' does not begin and end with '/'; ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://a:1" ], "KeyPath": "k" } }""",
        "Etcd.CertificatePath: is missing, and KeyPath is given; ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://a:1" ], "UserName": "u" } }""",
        "Etcd.PasswordFile: is missing, and UserName is given; ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://a:1" ], "PasswordFile": "p" } }""",
        "Etcd.UserName: is missing, and a password is given; ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "https://a:1" ], "UserName": "u","""
            + """ "PasswordFile": "p", "PasswordVariable": "P" } }""",
        "Etcd.PasswordFile: is given together with PasswordVariable; ")]
    [InlineData("""{ "Store": "Consul" }""", "Store: ")]
    [InlineData("""{ "Name": "a/b" }""", "Name: 'a/b' cannot be a part of a key; ")]
    [InlineData("""{ "Name": "" }""", "Name: '' cannot be a part of a key; ")]
    [InlineData("""{ "Node": "a b" }""", "Node: 'a b' cannot be a part of a key; ")]
    [InlineData("""{ "Etcd": { "Password": "secret" } }""", "Etcd.Password: unknown key 'Password'; ")]
    public void Read_ImpossibleStore_IsAFault(string maintenance, string expected)
        => Assert.StartsWith(
            "HaProxyNet.Maintenance." + expected,
            ConfigurationSample.FaultsOf(ConfigurationSample.With("Maintenance", maintenance))[0].ToString(),
            StringComparison.Ordinal);

    [Theory]
    [InlineData("""{ "Store": "Etcd", "Etcd": { "Endpoints": [ "http://etcd1:2379" ] } }""", "Etcd.Endpoints[0]: is not encrypted: ")]
    [InlineData(
        """{ "Store": "Etcd", "Etcd": { "Endpoints": [ "http://127.0.0.1:2379" ], "CaPath": "ca.pem" } }""",
        "Etcd.Endpoints[0]: is not encrypted, so CaPath")]
    [InlineData("""{ "Etcd": { "Endpoints": [ "https://etcd1:2379" ] } }""", "Etcd.Endpoints: has no effect with Store File; Store Etcd")]
    public void Read_StoreThatIsNotMeantSo_IsAWarning(string maintenance, string expected)
        => Assert.StartsWith(
            "HaProxyNet.Maintenance." + expected,
            Assert.Single(ConfigurationSample.Load(ConfigurationSample.With("Maintenance", maintenance)).Reading.Warnings).ToString(),
            StringComparison.Ordinal);
}
