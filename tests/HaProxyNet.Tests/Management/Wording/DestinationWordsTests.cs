using HaProxyNet.Control.Documents;
using HaProxyNet.Management.Wording;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Tests.Management.Wording;

/// <summary>Each state in words, with the command that would change it.</summary>
public sealed class DestinationWordsTests
{
    [Theory]
    [InlineData("up", "connected", true, null, "Gets new connections.", "haproxynet drain c/primary", "New connections go to primary.")]
    [InlineData(
        "down",
        "refused",
        false,
        null,
        "Down: it refuses connections (nothing listens on its port).",
        "haproxynet doctor",
        "New connections go to secondary, because primary is down: it refuses connections (nothing listens on its port).")]
    [InlineData(
        "draining",
        "connected",
        false,
        null,
        "An operator drains it: it gets no new connections, and its open ones go on.",
        "haproxynet enable c/primary",
        "New connections go to secondary, because an operator drains primary.")]
    [InlineData(
        "disabled",
        "connected",
        false,
        null,
        "An operator has disabled it: it gets no connections.",
        "haproxynet enable c/primary",
        "New connections go to secondary, because an operator has disabled primary.")]
    [InlineData(
        "suspect",
        "hedge",
        false,
        null,
        "It has not answered in time; others are tried first until it has.",
        "haproxynet doctor",
        "New connections go to secondary, because primary has not answered in time.")]
    [InlineData(
        "up",
        "connected",
        false,
        null,
        "Up, and preferred; the failback to it has not come yet.",
        "haproxynet failback c",
        "New connections go to secondary, and go back to primary when the cluster's Failback says so.")]
    [InlineData(
        "up",
        "connected",
        false,
        "secondary",
        "Up, and preferred; the failback to it has not come yet.",
        "haproxynet failback c",
        "New connections go to secondary, because an operator has switched to it.")]
    public void Of_EveryState(
        string state,
        string reason,
        bool active,
        string? switchedTo,
        string sentence,
        string command,
        string ofCluster)
    {
        var cluster = Cluster(Entry("primary", state, reason, active), Entry("secondary", "up", "connected", !active)) with
        {
            SwitchedTo = switchedTo,
            Active = active ? "primary" : "secondary",
        };

        Assert.Equal(new DestinationWords(sentence, command), DestinationWords.Of(cluster, cluster.Destinations[0]));
        Assert.Equal(ofCluster, DestinationWords.OfCluster(cluster));
    }

    [Fact]
    public void OfCluster_NoneCanBeUsed_SaysWhatClientsFeel()
        => Assert.Equal(
            "No destination can be used: new connections are refused.",
            DestinationWords.OfCluster(Cluster(Entry("primary", "down", "refused", active: false))));

    /// <summary>A new way to fail gets words here.</summary>
    [Fact]
    public void OfHealth_EveryWayToFail_HasWords()
        => Assert.DoesNotContain(
            Enum.GetValues<ConnectStatus>().Where(s => s.IsEvidence()).Select(s => ReasonWords.OfHealth(s.Label())),
            words => words.StartsWith("is reported as", StringComparison.Ordinal));

    [Fact]
    public void OfOutcome_EveryBadEnd_HasWords()
        => Assert.DoesNotContain(
            Enum.GetValues<HaProxyNet.Transport.Vocabulary.ConnectionOutcome>()
                .Where(o => o is not (HaProxyNet.Transport.Vocabulary.ConnectionOutcome.None
                    or HaProxyNet.Transport.Vocabulary.ConnectionOutcome.Completed))
                .Select(o => ReasonWords.OfOutcome(HaProxyNet.Transport.Vocabulary.ConnectionOutcomes.Label(o))),
            words => words.StartsWith("ended as", StringComparison.Ordinal));

    private static ClusterStatus Cluster(params DestinationStatusEntry[] destinations)
        => new("c", destinations.FirstOrDefault(d => d.Active)?.Name, null, null, 0, destinations);

    private static DestinationStatusEntry Entry(string name, string state, string reason, bool active)
        => new(name, "a:1", [], state, state, reason, null, 1, active, null, 0, 0);
}
