using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Transport.Vocabulary;

public sealed class ConnectionOutcomesTests
{
    [Theory]
    [InlineData(ConnectionOutcome.Completed, "completed", "destination")]
    [InlineData(ConnectionOutcome.ClientReset, "client_reset", "client")]
    [InlineData(ConnectionOutcome.DestinationReset, "destination_reset", "destination")]
    [InlineData(ConnectionOutcome.ClientAborted, "client_aborted", "client")]
    [InlineData(ConnectionOutcome.NoDestination, "no_destination", "proxy")]
    [InlineData(ConnectionOutcome.IdleTimeout, "idle_timeout", "proxy")]
    [InlineData(ConnectionOutcome.DrainDeadline, "drain_deadline", "proxy")]
    [InlineData(ConnectionOutcome.ClosedByAdmin, "closed_by_admin", "proxy")]
    [InlineData(ConnectionOutcome.TlsFailed, "tls_failed", "proxy")]
    [InlineData(ConnectionOutcome.HelloTimeout, "hello_timeout", "proxy")]
    [InlineData(ConnectionOutcome.ProxyHeader, "proxy_header", "proxy")]
    [InlineData(ConnectionOutcome.PeerVanished, "peer_vanished", "destination")]
    [InlineData(ConnectionOutcome.InternalError, "internal_error", "proxy")]
    public void Words_Outcome_AreThoseOfTheContract(ConnectionOutcome outcome, string label, string closedBy)
    {
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
