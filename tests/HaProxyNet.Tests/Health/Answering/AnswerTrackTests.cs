using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Health.Answering;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Tests.Health.Answering;

public sealed class AnswerTrackTests
{
    private readonly AnswerTrack _track = new();
    private readonly Destination _destination = new(
        "agents", "primary", new DestinationModel(DestinationAddress.Parse("10.0.0.1:389"), 0, 0), DestinationCondition.Initial(1),
        new ProxyMetrics().ConnectsOf("agents", "primary"), []);

    [Fact]
    public void Sample_SeveralWait_TheOneThatWaitsLongest()
    {
        _track.Begin(_destination, 99);
        _track.Begin(_destination, 100);
        _track.Add(connectedAt: 50, sent: 7, answered: 0, lastByteAt: 60, upSince: 1);
        _track.Add(connectedAt: 40, sent: 7, answered: 0, lastByteAt: 45, upSince: 1);

        Assert.Equal(new(45, 0, 0), _track.Sample);
    }

    [Fact]
    public void Sample_TheFirstLook_NobodyWaits()
    {
        _track.Begin(_destination, 100);
        _track.Add(connectedAt: 40, sent: 7, answered: 0, lastByteAt: 45, upSince: 1);

        Assert.Equal(0, _track.Sample.WaitingSince);
    }

    [Fact]
    public void Sample_NothingWasSentOrItWasLookedInto_NobodyWaits()
    {
        _track.Begin(_destination, 99);
        _track.Begin(_destination, 100);
        _track.Add(connectedAt: 50, sent: 0, answered: 0, lastByteAt: 50, upSince: 1);
        _track.Add(connectedAt: 50, sent: 7, answered: 0, lastByteAt: 60, upSince: 61);

        Assert.Equal(0, _track.Sample.WaitingSince);
    }

    [Fact]
    public void Sample_AnsweredOnes_TheYoungest()
    {
        _track.Begin(_destination, 99);
        _track.Begin(_destination, 100);
        _track.Add(connectedAt: 50, sent: 7, answered: 1, lastByteAt: 99, upSince: 1);
        _track.Add(connectedAt: 70, sent: 0, answered: 1, lastByteAt: 99, upSince: 1);

        Assert.Equal(new(0, 70, 0), _track.Sample);
    }

    [Fact]
    public void Sample_ConnectionsClose_OnlyAnsweredOnesAreNewsAndNotTheFirstLooks()
    {
        _destination.Traffic(0).Close(ConnectionOutcome.Completed, 1, 1);
        _track.Begin(_destination, 100);
        Assert.Equal(0, _track.Sample.AnsweredCloseAt);

        _destination.Traffic(0).Close(ConnectionOutcome.ClientAborted, 1, 0);
        _track.Begin(_destination, 110);
        Assert.Equal(0, _track.Sample.AnsweredCloseAt);

        _destination.Traffic(0).Close(ConnectionOutcome.Completed, 1, 1);
        _track.Begin(_destination, 120);
        Assert.Equal(120, _track.Sample.AnsweredCloseAt);
    }
}
