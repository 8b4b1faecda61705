using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Tests.Configuration.Reading;

public sealed class ConfigurationFileTests
{
    [Theory]
    [InlineData("{\n  \"HaProxyNet\": {\n    \"Admin\": }\n}", 3, 14)]
    [InlineData("{ \"HaProxyNet\": {\n  \"über\": 1 2 } }", 2, 13)]
    [InlineData("{ \"HaProxyNet\": {", 1, 18)]
    [InlineData("nonsense", 1, 2)]
    public void Load_NotJson_OneFaultWithLineAndColumn(string text, int line, int column)
    {
        using var file = new TemporaryFile(text);
        var loaded = ConfigurationFile.Load(file.Path, ConfigurationSample.Environment());

        var fault = Assert.Single(loaded.Reading.Faults);
        Assert.StartsWith($"{file.Path}:{line}:{column}: not JSON at line {line}, column {column}: ", fault.ToString());
        Assert.False(loaded.Reading.IsValid);
    }

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData(" \n", "the file is empty")]
    [InlineData("[]", "the file is JSON, but not an object")]
    [InlineData("5", "the file is JSON, but not an object")]
    public void Load_NoObject_OneFault(string text, string problem) =>
        Assert.Equal(problem, Assert.Single(ConfigurationSample.FaultsOf(text)).Problem);

    [Fact]
    public void Load_NoSuchFile_FaultSaysWhereAndHowToGiveAnother()
    {
        var fault = Assert.Single(ConfigurationFile.Load("nowhere/haproxynet.json").Reading.Faults);
        Assert.Equal("nowhere/haproxynet.json", fault.Path);
        Assert.Contains(Path.GetFullPath("nowhere/haproxynet.json"), fault.Problem);
        Assert.Contains("--config FILE", fault.Allowed);
    }

    [Fact]
    public void Load_Directory_FaultSaysSo() =>
        Assert.Equal(
            "the file cannot be read: it is a directory", Assert.Single(ConfigurationFile.Load(Path.GetTempPath()).Reading.Faults).Problem);

    [Fact]
    public void Load_CommentsTrailingCommasAndByteOrderMark_AreAllowed()
    {
        var json = "\uFEFF// the pair\n" + ConfigurationSample.Valid
            .Replace("\"ShutdownTimeout\": \"00:00:30\",", "/* patient */ \"ShutdownTimeout\": \"00:01:00\",")
            .Replace("[ \"10.0.0.0/8\" ]", "[ \"10.0.0.0/8\", ]");
        var reading = ConfigurationSample.Load(json).Reading;

        Assert.Empty(reading.Faults);
        Assert.Equal(TimeSpan.FromMinutes(1), reading.Options!.ShutdownTimeout);
    }

    [Fact]
    public void Load_KeysTwice_EachIsAFaultAndTheRestIsJudged()
    {
        var faults = ConfigurationSample.FaultsOf("""
            {
              "HaProxyNet": {
                "Listeners": {
                  "web": { "Endpoint": "127.0.0.1:0", "Cluster": "web", "endpoint": "127.0.0.1:0" },
                  "Web": { "Endpoint": "127.0.0.1:0", "Cluster": "web" }
                },
                "Clusters": {
                  "web": { "Destinations": [ { "Name": "a", "Name": "b", "Address": "a" } ] }
                }
              },
              "HaProxyNet": {}
            }
            """);

        Assert.Equal(
            [
                "HaProxyNet: this key stands here twice; each key once (upper and lower case are the same)",
                "HaProxyNet.Clusters.web.Destinations[0].Address: 'a' has no port; " + DestinationAddress.Allowed,
                "HaProxyNet.Clusters.web.Destinations[0].Name: this key stands here twice; each key once (upper and lower case are the "
                    + "same)",
                "HaProxyNet.Listeners.Web: this key stands here twice; each key once (upper and lower case are the same)",
                "HaProxyNet.Listeners.web.endpoint: this key stands here twice; each key once (upper and lower case are the same)",
            ],
            faults.Select(fault => fault.ToString()));
    }

    [Fact]
    public void Load_KeyWithColon_IsAFault()
    {
        var fault = Assert.Single(ConfigurationSample.FaultsOf(ConfigurationSample.With("Clusters:iqservice", "{}")));
        Assert.Equal(
            "HaProxyNet.Clusters:iqservice: the key 'Clusters:iqservice' contains ':'; one object in another, or another name",
            fault.ToString());
    }

    [Fact]
    public void Load_MisspelledSection_OneFaultWithASuggestion()
    {
        var fault = Assert.Single(ConfigurationSample.FaultsOf(ConfigurationSample.Valid.Replace("\"HaProxyNet\"", "\"HaProxy\"")));
        Assert.Equal(
            "HaProxy: unknown key 'HaProxy'; did you mean 'HaProxyNet'? Allowed here: $schema, HaProxyNet, Logging", fault.ToString());
    }

    [Fact]
    public void Load_NoSection_OneFault() =>
        Assert.Equal(
            "HaProxyNet: the section is missing; an object with Listeners and Clusters",
            Assert.Single(ConfigurationSample.FaultsOf("{}")).ToString());

    [Fact]
    public void Reload_FileGoesBadAndGoodAgain_FaultsThenNewOptions()
    {
        using var file = new TemporaryFile(ConfigurationSample.Valid);
        var root = ConfigurationFile.Load(file.Path, ConfigurationSample.Environment()).Root;

        File.WriteAllText(file.Path, "{ \"HaProxyNet\": ");
        root.Reload();
        Assert.Contains("not JSON", Assert.Single(ConfigurationReader.Read(root).Faults).Problem);
        Assert.Equal("00:00:30", root["HaProxyNet:ShutdownTimeout"]);

        File.WriteAllText(file.Path, ConfigurationSample.Valid.Replace("00:00:30", "00:00:31"));
        root.Reload();
        Assert.Equal(TimeSpan.FromSeconds(31), ConfigurationReader.Read(root).Options?.ShutdownTimeout);

        File.Delete(file.Path);
        root.Reload();
        Assert.Contains("there is no file", Assert.Single(ConfigurationReader.Read(root).Faults).Problem);
    }

    [Fact]
    public void Read_HostThatWrapsTheFile_FaultsOfTheFileAsWell()
    {
        using var file = new TemporaryFile("{ \"Lisseners\": {} }");
        var host = new ConfigurationManager();
        host.AddConfiguration(ConfigurationFile.Load(file.Path, ConfigurationSample.Environment()).Root);

        Assert.Equal(["HaProxyNet", "Lisseners"], ConfigurationReader.Read(host).Faults.Select(fault => fault.Path));
    }

    [Fact]
    public void Load_LogLevels_ReachTheHost()
    {
        var json = ConfigurationSample.Valid.Insert(1, """ "Logging": { "LogLevel": { "Default": "Debug" } },""");
        var loaded = ConfigurationSample.Load(json);

        Assert.Empty(loaded.Reading.Faults);
        Assert.Equal("Debug", loaded.Root["Logging:LogLevel:Default"]);
    }
}
