using System.Net;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Configuration.Health;
using HaProxyNet.Health.Names;
using HaProxyNet.Health.Scheduling;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Health.Names;

/// <summary>One unit of time is a second; names are resolved every 30, and while there is no address every 2.</summary>
public sealed class NameScheduleTests
{
    [Theory]
    [InlineData("10.0.0.1:5050", false, false, 100, 30, null)]
    [InlineData("iqs.example:5050", true, false, 100, 30, 130L)]
    [InlineData("iqs.example:5050", true, true, 100, 30, 130L)]
    [InlineData("iqs.example:5050", true, false, 100, 0, null)]
    [InlineData("iqs.example:5050", false, false, 0, 30, 0L)]
    [InlineData("iqs.example:5050", false, false, 100, 30, 102L)]
    [InlineData("iqs.example:5050", false, false, 100, 0, 102L)]
    [InlineData("iqs.example:5050", false, true, 100, 30, null)]
    public void DueAt_NameAndWhatIsKnown_AsTheTableSays(
        string address,
        bool hasAddress,
        bool isRecovering,
        long lastResolved,
        int interval,
        long? expected)
    {
        var options = new ClusterOptions { ResolveInterval = TimeSpan.FromSeconds(interval) };
        options.Health.DownInterval = TimeSpan.FromSeconds(2);

        Assert.Equal(
            expected, NameSchedule.DueAt(Create(address, hasAddress), isRecovering, lastResolved, ClusterPlan.From(options, [], 1), 1));
    }

    [Theory]
    [InlineData("Failed", false, ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), "start", "unresolved")]
    [InlineData("Failed", true, ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Up), "start", null)]
    [InlineData("Changed", true, ProbeMode.WhenIdleOrDown, nameof(DestinationStatus.Down), "unresolved", null)]
    [InlineData("Changed", true, ProbeMode.Never, nameof(DestinationStatus.Down), "unresolved", "resolved")]
    [InlineData("Changed", true, ProbeMode.Never, nameof(DestinationStatus.Down), "refused", "resolved")]
    [InlineData("Same", true, ProbeMode.Never, nameof(DestinationStatus.Down), "refused", null)]
    [InlineData("Changed", true, ProbeMode.WhenDown, nameof(DestinationStatus.Down), "refused", null)]
    public void EvidenceOf_Resolution_OnlyWhatItSays(
        string resolution,
        bool hasAddress,
        ProbeMode mode,
        string state,
        string reason,
        string? expected)
    {
        var destination = Create("iqs.example:5050", hasAddress);
        destination.Condition = new DestinationCondition(Enum.Parse<DestinationStatus>(state), HealthReasons.Read(reason), 1, 0);
        var options = new ClusterOptions();
        options.Health.Probe = mode;

        var policy = ProbingPlan.Of(ClusterPlan.From(options, [], 1)).Policy;

        Assert.Equal(expected, NameSchedule.EvidenceOf(Enum.Parse<Resolution>(resolution), destination, policy)?.Reason.Label());
    }

    private static Destination Create(string address, bool hasAddress)
    {
        var model = new DestinationModel(DestinationAddress.Parse(address), 0, 0);
        var destination = new Destination(
            "agents",
            "primary",
            model,
            DestinationCondition.Initial(1),
            new ProxyMetrics().ConnectsOf("agents", "primary"),
            new KnownAddresses().Of(model.Address));
        if (hasAddress)
        {
            destination.Addresses = [new IPEndPoint(IPAddress.Loopback, 5050)];
        }

        return destination;
    }
}
