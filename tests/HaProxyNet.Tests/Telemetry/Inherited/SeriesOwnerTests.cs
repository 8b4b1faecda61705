using HaProxyNet.Telemetry.Inherited;

namespace HaProxyNet.Tests.Telemetry.Inherited;

public sealed class SeriesOwnerTests
{
    [Fact]
    public void Of_ListenerClusterAndDestination_AreThree() => Assert.Equal(
        [SeriesOwner.OfListener("l"), SeriesOwner.OfCluster("c"), SeriesOwner.OfDestination("c", "d")],
        SeriesOwner.Of("""haproxynet_connections_total{listener="l",cluster="c",destination="d",outcome="completed"}"""));

    [Fact]
    public void Of_FromAndTo_AreDestinations() => Assert.Equal(
        [SeriesOwner.OfCluster("c"), SeriesOwner.OfDestination("c", "a"), SeriesOwner.OfDestination("c", "none")],
        SeriesOwner.Of("""haproxynet_failovers_total{cluster="c",from="a",to="none",reason="refused"}"""));

    [Fact]
    public void Of_EmptyLabels_NameNothing() => Assert.Equal(
        [SeriesOwner.OfListener("l")], SeriesOwner.Of("""haproxynet_connections_total{listener="l",cluster="",destination=""}"""));

    [Fact]
    public void Of_EscapedCharacters_AreTheName() => Assert.Equal(
        [SeriesOwner.OfListener("a\"},b\\\n")], SeriesOwner.Of("""x{listener="a\"},b\\\n"}"""));

    [Theory]
    [InlineData("haproxynet_history_records_lost_total")]
    [InlineData("""haproxynet_internal_faults_total{place="admin"}""")]
    public void Of_TheProcessItself_IsNone(string series) => Assert.Empty(SeriesOwner.Of(series));
}
