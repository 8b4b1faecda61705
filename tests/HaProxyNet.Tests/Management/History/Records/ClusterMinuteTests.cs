using HaProxyNet.Management.History.Records;

namespace HaProxyNet.Tests.Management.History.Records;

/// <summary>The open minute is written again only when its sums have changed: they are compared by what they say.</summary>
public sealed class ClusterMinuteTests
{
    [Fact]
    public void Equals_SameSumsInOtherLists_True() => Assert.Equal(Minute(), Minute());

    [Fact]
    public void Equals_AnySumDiffers_False()
    {
        var (one, destination) = (Minute(), Minute().Destinations[0]);
        Assert.All(
            new ClusterMinute[]
            {
                one with { Active = "secondary" },
                one with { FallThroughs = 9 },
                one with { Ended = null },
                one with { Ended = Sums(("completed", 2)) },
                one with { Ended = Sums(("completed", 1), ("client_reset", 1)) },
                one with { Destinations = [] },
                one with { Destinations = [destination with { State = "down" }] },
                one with { Destinations = [destination with { Open = 9 }] },
                one with { Destinations = [destination with { Connected = 9 }] },
                one with { Destinations = [destination with { In = 9 }] },
                one with { Destinations = [destination with { Out = 9 }] },
                one with { Destinations = [destination with { Wait = [1, 2, 4] }] },
                one with { Destinations = [destination with { Call = null }] },
                one with { Destinations = [destination with { Failures = Sums(("timeout", 1)) }] },
            },
            other => Assert.NotEqual(one, other));
    }

    private static ClusterMinute Minute() => new("agents")
    {
        Active = "primary",
        FallThroughs = 1,
        Ended = Sums(("completed", 1)),
        Destinations =
        [
            new("primary")
            {
                Open = 1,
                Connected = 2,
                In = 3,
                Out = 4,
                Wait = [1, 2, 3],
                Call = [1, 2, 3],
                Failures = Sums(("refused", 1)),
            },
        ],
    };

    private static Dictionary<string, long> Sums(params (string Name, long Count)[] sums)
        => sums.ToDictionary(sum => sum.Name, sum => sum.Count, StringComparer.Ordinal);
}
