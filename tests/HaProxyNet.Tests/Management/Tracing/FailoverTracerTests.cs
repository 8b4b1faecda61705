using System.Diagnostics;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.Management.Events;
using HaProxyNet.Management.Tracing;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.Tracing;

/// <summary>One trace of each change of the active destination; its times are those of the events.</summary>
public sealed class FailoverTracerTests : IDisposable
{
    private static readonly DateTimeOffset _start = new(2026, 3, 1, 2, 0, 0, TimeSpan.Zero);

    private readonly string _cluster = $"c{Guid.NewGuid():N}";
    private readonly FakeTimeProvider _time = new(_start);
    private readonly EventJournal _journal;
    private readonly ClusterDirectory _clusters;
    private readonly FailoverTracer _tracer;
    private readonly ActivityListener _listener;
    private readonly List<Activity> _ended = [];

    public FailoverTracerTests()
    {
        _journal = new(_time);
        var options = new ProxyOptions();
        var cluster = new ClusterOptions();
        cluster.Destinations.Add(new DestinationOptions { Name = "a", Address = "10.0.0.1:1" });
        cluster.Destinations.Add(new DestinationOptions { Name = "b", Address = "10.0.0.2:1" });
        options.Clusters.Add(_cluster, cluster);
        _clusters = new(options, new KnownAddresses(), new ProxyMetrics(), _time);
        _tracer = new(_journal, _clusters, new InternalFaults(), _time);
        _listener = Listen();
    }

    private ConnectTelemetry ConnectsOfB => _clusters.Find(_cluster)!.Find("b")!.Connects;

    public void Dispose()
    {
        _tracer.Dispose();
        _listener.Dispose();
    }

    [Fact]
    public async Task Failover_DetectionDecisionAndFirstConnection()
    {
        Down("a", "timeout", tookMs: 3000);
        _time.Advance(TimeSpan.FromMilliseconds(2));
        Switched("failover", "a", "b", "timeout");
        _time.Advance(TimeSpan.FromMilliseconds(40));
        ConnectsOfB.Connected(TimeSpan.FromMilliseconds(1));
        ConnectsOfB.Connected(TimeSpan.FromMilliseconds(1));

        var spans = await EndedAsync(4);

        var root = spans.Single(span => span.Parent is null && span.ParentSpanId == default);
        Assert.Equal(("failover", "a", "b", "timeout"), (root.OperationName, Tag(root, "from"), Tag(root, "to"), Tag(root, "reason")));
        Assert.Equal(
            [("detection", -3000, 0), ("decision", 0, 2), ("first connection", 2, 42), ("failover", -3000, 42)],
            spans.Select(span => (span.OperationName, (int)Since(span.StartTimeUtc), (int)Since(span.StartTimeUtc + span.Duration))));
        Assert.All(spans, span => Assert.Equal(root.TraceId, span.TraceId));
        Assert.Null(Activity.Current);
    }

    [Fact]
    public async Task OperatorSwitches_NothingWasDetected()
    {
        Down("b", "refused", tookMs: 1);
        Switched("failover", "a", "b", "switch");
        ConnectsOfB.Connected(TimeSpan.Zero);

        Assert.Equal(["decision", "first connection", "failover"], (await EndedAsync(3)).Select(span => span.OperationName));
    }

    [Fact]
    public async Task Failback_IsATraceOfItsOwn()
    {
        Switched("failback", "a", "b", "stable");
        ConnectsOfB.Connected(TimeSpan.Zero);

        Assert.Equal(["decision", "first connection", "failback"], (await EndedAsync(3)).Select(span => span.OperationName));
    }

    [Fact]
    public async Task NoClientComes_TheTraceEndsWithoutAConnection()
    {
        Switched("failover", "a", "b", "refused");
        _time.Advance(FailoverTracer.Patience);

        Assert.Equal(["decision", "failover"], (await EndedAsync(2)).Select(span => span.OperationName));
        ConnectsOfB.Connected(TimeSpan.Zero);
    }

    [Fact]
    public async Task LastOneIsLost_TheTraceIsAnError()
    {
        Down("b", "refused", tookMs: 0);
        Log(EventIds.AllDown, "all gone", ("Cluster", _cluster), ("From", "b"), ("Reason", "refused"));

        var spans = await EndedAsync(3);

        Assert.Equal((ActivityStatusCode.Error, "none"), (spans[^1].Status, Tag(spans[^1], "to")));
    }

    /// <summary>The trace that has not ended is the first; what comes before its client does not leave it open.</summary>
    [Fact]
    public async Task SwitchesAgainBeforeAClientComes_BothTracesEnd()
    {
        Switched("failover", "a", "b", "refused");
        Switched("failback", "b", "a", "connected");
        _clusters.Find(_cluster)!.Find("a")!.Connects.Connected(TimeSpan.Zero);
        ConnectsOfB.Connected(TimeSpan.Zero);

        Assert.Equal(
            ["decision", "failover", "decision", "first connection", "failback"], (await EndedAsync(5)).Select(span => span.OperationName));
    }

    [Fact]
    public void ClockIsSetBackMeanwhile_NoSpanEndsBeforeItBegan()
    {
        Down("a", "timeout", tookMs: 0);
        _time.AdjustTime(_start - TimeSpan.FromHours(1));
        Switched("failover", "a", "b", "timeout");
        _tracer.Dispose();

        Assert.Equal(3, Ours().Count);
        Assert.All(Ours(), span => Assert.True(span.Duration >= TimeSpan.Zero));
    }

    [Fact]
    public void NobodyListens_NoConnectionIsWatched()
    {
        _listener.Dispose();
        Switched("failover", "a", "b", "refused");

        Assert.False(ConnectsOfB.IsWatched);
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == FailoverTracer.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                lock (_ended)
                {
                    _ended.Add(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    /// <summary>Other tests have proxies of their own: a trace of this one has its cluster at the root.</summary>
    private List<Activity> Ours()
    {
        lock (_ended)
        {
            var traces = _ended.Where(span => Tag(span, "cluster") == _cluster).Select(span => span.TraceId).ToHashSet();
            return [.. _ended.Where(span => traces.Contains(span.TraceId))];
        }
    }

    private async Task<List<Activity>> EndedAsync(int count)
    {
        for (var waited = 0; Ours().Count < count && waited < 6000; waited++)
        {
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        Assert.Equal(count, Ours().Count);
        return Ours();
    }

    private double Since(DateTime at) => (at - _start.UtcDateTime).TotalMilliseconds;

    private static string? Tag(Activity span, string name) => span.GetTagItem("haproxynet." + name)?.ToString();

    private void Down(string destination, string reason, double tookMs)
        => Log(
            EventIds.DestinationDown, "down", ("Cluster", _cluster), ("Destination", destination), ("Reason", reason), ("tookMs", tookMs));

    private void Switched(string kind, string from, string to, string reason)
        => Log(kind is "failover" ? EventIds.Failover : EventIds.Failback, kind, (
            "Cluster",
            _cluster), ("From", from), ("To", to), ("Reason", reason));

    private void Log(int id, string text, params (string Name, object? Value)[] fields)
        => _journal.Add(EventKinds.Shapes[id], [.. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))], text);
}
