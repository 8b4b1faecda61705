using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Vocabulary;

public sealed class ConnectionOutcomesTests
{
    [Theory]
    [InlineData(nameof(ConnectionOutcome.Completed), "completed", "destination")]
    [InlineData(nameof(ConnectionOutcome.ClientReset), "client_reset", "client")]
    [InlineData(nameof(ConnectionOutcome.DestinationReset), "destination_reset", "destination")]
    [InlineData(nameof(ConnectionOutcome.ClientAborted), "client_aborted", "client")]
    [InlineData(nameof(ConnectionOutcome.NoDestination), "no_destination", "proxy")]
    [InlineData(nameof(ConnectionOutcome.IdleTimeout), "idle_timeout", "proxy")]
    [InlineData(nameof(ConnectionOutcome.DrainDeadline), "drain_deadline", "proxy")]
    [InlineData(nameof(ConnectionOutcome.ClosedByAdmin), "closed_by_admin", "proxy")]
    [InlineData(nameof(ConnectionOutcome.TlsFailed), "tls_failed", "proxy")]
    [InlineData(nameof(ConnectionOutcome.HelloTimeout), "hello_timeout", "proxy")]
    [InlineData(nameof(ConnectionOutcome.ProxyHeader), "proxy_header", "proxy")]
    [InlineData(nameof(ConnectionOutcome.PeerVanished), "peer_vanished", "destination")]
    [InlineData(nameof(ConnectionOutcome.InternalError), "internal_error", "proxy")]
    public void Words_Outcome_AreThoseOfTheContract(string name, string label, string closedBy)
    {
        var outcome = Enum.Parse<ConnectionOutcome>(name);

        Assert.Equal(label, outcome.Label());
        Assert.Equal(closedBy, outcome.ClosedBy(RelaySide.Destination));
    }

    [Fact]
    public void ClosedBy_Completed_TheSideWhoseFinCameFirst()
        => Assert.Equal("client", ConnectionOutcome.Completed.ClosedBy(RelaySide.Client));

    [Fact]
    public void Label_EveryOutcome_IsItsOwn()
    {
        var labels = Enum.GetValues<ConnectionOutcome>().Select(o => o.Label()).ToList();

        Assert.Equal(labels.Count, labels.Distinct().Count());
    }
}
