using HaProxyNet.Health;
using HaProxyNet.Hosting;
using HaProxyNet.State;
using HaProxyNet.Vocabulary;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.State.Yarp;

/// <summary>From evidence, through YARP, to the list that connections walk.</summary>
public sealed class FailoverDestinationsPolicyTests : IAsyncDisposable
{
    private readonly SilentAddress[] _nobody = [new(), new(), new()];
    private readonly WebApplication _application;

    public FailoverDestinationsPolicyTests()
    {
        // Nobody answers and the clock stands still: no probe reports anything, only the test does.
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HaProxyNet:Engine"] = "Managed",
            ["HaProxyNet:Listeners:front:Endpoint"] = "127.0.0.1:0",
            ["HaProxyNet:Listeners:front:Cluster"] = "agents",
            ["HaProxyNet:Clusters:agents:Destinations:0:Name"] = "a",
            ["HaProxyNet:Clusters:agents:Destinations:0:Address"] = _nobody[0].ToString(),
            ["HaProxyNet:Clusters:agents:Destinations:1:Name"] = "b",
            ["HaProxyNet:Clusters:agents:Destinations:1:Address"] = _nobody[1].ToString(),
            ["HaProxyNet:Clusters:agents:Destinations:2:Name"] = "c",
            ["HaProxyNet:Clusters:agents:Destinations:2:Address"] = _nobody[2].ToString(),
        }).Build();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        builder.Services.AddHaProxyNet(configuration);
        _application = builder.Build();
        _application.MapHaProxyNet();
    }

    private Cluster Cluster => _application.Services.GetRequiredService<ClusterDirectory>().Find("agents")!;

    [Fact]
    public void Candidates_NothingKnown_AllInOrder() => Assert.Equal(["a", "b", "c"], Candidates());

    [Fact]
    public void Candidates_TimedOut_IsLeftOut()
    {
        Report("a", Evidence.Failed(HealthReason.TimedOut, TimeSpan.FromSeconds(3)));

        Assert.Equal(["b", "c"], Candidates());
    }

    [Fact]
    public void Candidates_Refused_IsTheLastResort()
    {
        Report("a", Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));

        Assert.Equal(["b", "c", "a"], Candidates());
    }

    [Fact]
    public void Candidates_OnlyTheReasonChanged_AreAskedForAgain()
    {
        Report("a", Evidence.Failed(HealthReason.Refused, TimeSpan.Zero));
        Report("a", Evidence.Failed(HealthReason.TimedOut, TimeSpan.FromSeconds(3)));

        Assert.Equal(["b", "c"], Candidates());
    }

    [Fact]
    public void Candidates_AcceptsAgain_InItsPlace()
    {
        Report("b", Evidence.Failed(HealthReason.TimedOut, TimeSpan.FromSeconds(3)));
        Report("a", Evidence.Failed(HealthReason.TimedOut, TimeSpan.FromSeconds(3)));
        Report("a", Evidence.Accepted);

        Assert.Equal(["a", "c"], Candidates());
        Assert.Equal("a", Cluster.Active.Current!.Name);
    }

    [Fact]
    public void Candidates_AllDown_None()
    {
        foreach (var name in new[] { "a", "b", "c" })
        {
            Report(name, Evidence.Failed(HealthReason.Unreachable, TimeSpan.Zero));
        }

        Assert.Empty(Candidates());
        Assert.Null(Cluster.Active.Current);
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        Array.ForEach(_nobody, n => n.Dispose());
    }

    private string[] Candidates()
    {
        var candidates = Cluster.Candidates;
        Assert.Equal(candidates.Select(s => s.DestinationId), candidates.Destinations.Select(d => d.Name));
        return [.. candidates.Destinations.Select(d => d.Name)];
    }

    private void Report(string name, Evidence evidence) => _application.Services.GetRequiredService<HealthReporter>()
        .Report(Cluster, Cluster.Plan.Destinations.Single(d => d.Name == name), evidence);
}
