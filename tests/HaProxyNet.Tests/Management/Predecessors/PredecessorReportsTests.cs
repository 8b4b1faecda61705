using HaProxyNet.Management.Predecessors;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.Predecessors;

public sealed class PredecessorReportsTests
{
    private static readonly DateTimeOffset _at = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider _time = new(_at);
    private readonly PredecessorReports _reports;

    public PredecessorReportsTests() => _reports = new PredecessorReports(_time);

    [Fact]
    public void Describe_OldProcessIsSilent_ItsLastReportGrowsOld()
    {
        _reports.Begin();
        _reports.Set([Report(process: 7, connections: 2)]);
        _time.Advance(TimeSpan.FromSeconds(90));

        var old = Assert.Single(_reports.Describe());

        Assert.Equal((7, 2, 90.0), (old.Process, old.Connections, old.HeardSeconds));
        Assert.True(_reports.IsListening);
    }

    [Fact]
    public void Describe_NoConnectionLeft_IsNotShown()
    {
        _reports.Set([Report(process: 8, connections: 0), Report(process: 7, connections: 1)]);

        Assert.Equal(7, Assert.Single(_reports.Describe()).Process);
    }

    [Fact]
    public void Sessions_AreMarkedWithTheirProcess()
    {
        _reports.Set([Report(process: 8, connections: 1), Report(process: 7, connections: 1)]);

        Assert.Equal([8, 7], _reports.Sessions.Select(session => session.Process));
    }

    [Theory]
    [InlineData("pair", "primary", 5)]
    [InlineData("PAIR", "Primary", 5)]
    [InlineData("pair", "secondary", 0)]
    [InlineData("other", "primary", 0)]
    public void CountOn_SumsOverAllProcesses(string cluster, string destination, int expected)
    {
        _reports.Set([Report(process: 8, connections: 2), Report(process: 7, connections: 3)]);

        Assert.Equal(expected, _reports.CountOn(cluster, destination));
    }

    [Fact]
    public void End_NothingIsLeftOfIt()
    {
        _reports.Begin();
        _reports.Set([Report(process: 7, connections: 1)]);

        _reports.End();

        Assert.Empty(_reports.Describe());
        Assert.Empty(_reports.Sessions);
        Assert.False(_reports.IsListening);
    }

    private static PredecessorReport Report(int process, int connections) => new(
        process,
        "0.1.0",
        _at,
        _at.AddMinutes(10),
        connections,
        connections > 0 ? [new("pair", "primary", connections)] : [],
        connections > 0
            ? [new("10.1.2.3:4", "front", "pair", "primary", "open", _at, 1, 2, 3, AckedIn: null, AckedOut: null, 0)]
            : []);
}
