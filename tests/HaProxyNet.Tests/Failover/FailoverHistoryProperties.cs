using CsCheck;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Failover;

/// <summary>
/// Random histories of evidence, operators and time through machine, director and order together: two to four destinations in any tiers,
/// one cluster or a failover group of two, every failback mode.
/// </summary>
public sealed class FailoverHistoryProperties
{
    private static readonly Evidence[] _seen =
    [
        Evidence.Accepted, Evidence.Accepted, Evidence.Accepted, Evidence.LostHedge, Evidence.Unresolved,
        .. new[] { HealthReason.Refused, HealthReason.Reset, HealthReason.Unreachable, HealthReason.TimedOut }
            .Select(reason => Evidence.Failed(reason, TimeSpan.Zero)),
    ];

    private static readonly Gen<ProxyOptions> _options = Gen.Select(
        Gen.Int[0, 2].Array[2, 4], Gen.Int[1, 2], Gen.Int[0, 4].Select(mode => (FailbackMode)mode), Gen.Int[1, 2],
        Gen.Int[1, 2]).Select(Options);

    private static readonly Gen<(int What, int Cluster, int Destination, int Amount)[]> _history =
        Gen.Select(Gen.Int[0, 19], Gen.Int[0, 1], Gen.Int[0, 3], Gen.Int[0, 8]).Array[1, 50];

    [Fact]
    public void AnyHistory_NeverADownOneFirst_CountersAreTrue_AndItRecovers() => Gen.Select(_options, _history).Sample(
        (options, history) =>
        {
            using var world = new FailoverWorld(options);
            foreach (var step in history)
            {
                Play(world, step);
                world.Check();
            }

            world.Recover();
            world.Check();
            foreach (var cluster in world.Clusters)
            {
                Assert.All(cluster.Plan.Destinations, d => Assert.Equal(DestinationStatus.Up, d.Status));
                Assert.Equal(cluster.Plan.Destinations.Min(d => d.Model.Tier), cluster.Active.Current!.Model.Tier);
            }
        },
        iter: 2_000);

    private static void Play(FailoverWorld world, (int What, int Cluster, int Destination, int Amount) step)
    {
        var cluster = world.Clusters[step.Cluster % world.Clusters.Count];
        var destination = cluster.Plan.Destinations[step.Destination % cluster.Plan.Destinations.Length];
        switch (step.What)
        {
            case < 11:
                world.See(cluster, destination, _seen[step.Amount]);
                break;
            case < 15:
                world.Pass(TimeSpan.FromSeconds(step.Amount));
                break;
            case < 17:
                world.SetMaintenance(cluster, destination, (Maintenance)(step.Amount % 3));
                break;
            case 17:
                world.Switch(cluster, destination);
                break;
            case 18:
                world.FailBack(cluster);
                break;
            default:
                world.Pass(TimeSpan.FromMinutes(step.Amount));
                break;
        }
    }

    private static ProxyOptions Options((int[] Tiers, int Clusters, FailbackMode Mode, int Fall, int Rise) chosen)
    {
        var options = new ProxyOptions();
        for (var i = 0; i < chosen.Clusters; i++)
        {
            options.Clusters.Add($"c{i}", new ClusterOptions
            {
                FailoverGroup = chosen.Clusters > 1 ? "host" : "",
                Destinations = [.. chosen.Tiers.Select(
                    (tier, d) => new DestinationOptions { Name = $"d{d}", Address = $"10.0.0.{d + 1}:5050", Priority = tier })],
                Health = { Fall = chosen.Fall, Rise = chosen.Rise },
                Failback = { Mode = chosen.Mode, StableFor = TimeSpan.FromSeconds(10), Window = { From = "00:05", To = "00:10" } },
            });
        }

        return options;
    }
}
