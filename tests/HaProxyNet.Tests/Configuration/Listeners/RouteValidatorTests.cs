using HaProxyNet.Configuration.Reading;
using Microsoft.Extensions.Configuration;

namespace HaProxyNet.Tests.Configuration.Listeners;

public sealed class RouteValidatorTests
{
    private const string Routes = "Listeners.vip.Routes";

    [Fact]
    public void Read_RoutesAndNoCluster_IsFine()
        => Assert.Empty(Read(("Cluster", ""), ("Routes:0:ServerName", "*.dmz.example"), ("Routes:0:Cluster", "a")));

    [Fact]
    public void Read_ClusterUsedByARouteOnly_IsUsed()
        => Assert.Empty(Read(("Cluster", "b"), ("Routes:0:ServerName", "iqs.dmz.example."), ("Routes:0:Cluster", "a")));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("a.*.example")]
    [InlineData("*.*.example")]
    [InlineData("*a.example")]
    [InlineData("10.0.0.5")]
    [InlineData("fd00::4")]
    [InlineData("iqs.example:6060")]
    [InlineData("https://iqs.example")]
    [InlineData("m\u00FCnchen.example")]
    [InlineData("a..example")]
    public void Read_NoServerName_IsAFault(string name)
        => Assert.StartsWith(
            $"HaProxyNet.{Routes}[0].ServerName: ",
            Assert.Single(Read(("Routes:0:ServerName", name), ("Routes:0:Cluster", "a"))),
            StringComparison.Ordinal);

    [Fact]
    public void Read_EveryFault_IsTold()
    {
        var faults = Read(
            ("Tls:Mode", "None"), ("Cluster", "c"),
            ("Routes:0:ServerName", "a.example"), ("Routes:0:Cluster", "a"),
            ("Routes:1:ServerName", "A.Example."), ("Routes:1:Cluster", "a"),
            ("Routes:2:ServerName", "b.example"), ("Routes:2:Cluster", "nowhere"),
            ("Routes:3:ServerName", "c.example"), ("Routes:3:Cluster", ""));

        Assert.Equal(
            [$"{Routes}", $"{Routes}[1].ServerName", $"{Routes}[2].Cluster", $"{Routes}[3].Cluster", "Listeners.vip.Cluster"],
            faults.Select(f => f.Split(':')[0]["HaProxyNet.".Length..]).OrderBy(f => f.EndsWith("vip.Cluster", StringComparison.Ordinal))
                .ThenBy(f => f, StringComparer.Ordinal));
        Assert.Contains(faults, f => f.Contains("'A.Example.' has a route already", StringComparison.Ordinal));
        Assert.Contains(faults, f => f.Contains("Tls.Mode is None", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_NoClusterAndNoRoutes_IsAFault()
        => Assert.StartsWith(
            "HaProxyNet.Listeners.vip.Cluster: is missing",
            Assert.Single(Read(("Cluster", "")), f => !f.Contains("uses this", StringComparison.Ordinal)),
            StringComparison.Ordinal);

    [Fact]
    public void Read_ARouteLeadsBackToTheListener_IsAFault()
        => Assert.Contains(
            Read(("Endpoint", "127.0.0.1:5001"), ("Cluster", "b"), ("Routes:0:ServerName", "a.example"), ("Routes:0:Cluster", "a")),
            f => f.Contains("where this proxy itself listens", StringComparison.Ordinal));

    private static List<string> Read(params (string Key, string Value)[] listener)
    {
        var settings = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase)
        {
            ["HaProxyNet:Listeners:vip:Endpoint"] = "127.0.0.1:6060",
            ["HaProxyNet:Listeners:vip:Cluster"] = "a",
            ["HaProxyNet:Listeners:vip:Tls:Mode"] = "Passthrough",
            ["HaProxyNet:Clusters:a:Destinations:0:Name"] = "primary",
            ["HaProxyNet:Clusters:a:Destinations:0:Address"] = "127.0.0.1:5001",
        };
        foreach (var (key, value) in listener)
        {
            settings[$"HaProxyNet:Listeners:vip:{key}"] = value;
        }

        if (listener.Any(l => l is ("Cluster", "b")))
        {
            settings["HaProxyNet:Clusters:b:Destinations:0:Name"] = "primary";
            settings["HaProxyNet:Clusters:b:Destinations:0:Address"] = "127.0.0.1:5002";
        }

        var reading = ConfigurationReader.Read(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        return [.. reading.Faults.Concat(reading.Warnings).Select(f => f.ToString())];
    }
}
