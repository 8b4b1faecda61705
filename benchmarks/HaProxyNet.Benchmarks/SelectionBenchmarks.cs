using BenchmarkDotNet.Attributes;
using HaProxyNet.Configuration;
using HaProxyNet.Configuration.Clusters;
using HaProxyNet.State;
using HaProxyNet.State.Selecting;
using HaProxyNet.Telemetry;

namespace HaProxyNet.Benchmarks;

/// <summary>
/// The order of candidates: worked out once at each change of health, and only read by a connection.
/// </summary>
[MemoryDiagnoser]
public class SelectionBenchmarks
{
    private Destination[] _destinations = [];
    private Cluster? _cluster;

    [Params(2, 8)]
    public int Destinations { get; set; }

    [GlobalSetup]
    public void Build()
    {
        var options = new ProxyOptions();
        options.Clusters["bench"] = new ClusterOptions
        {
            Destinations = [.. Enumerable.Range(1, Destinations)
                .Select(i => new DestinationOptions { Name = $"d{i}", Address = $"127.0.0.{i}:5050" })],
        };
        _cluster = new ClusterDirectory(options, new KnownAddresses(), new ProxyMetrics(), TimeProvider.System).Find("bench");
        _destinations = _cluster!.Plan.Destinations;
    }

    [Benchmark]
    public object OrderAfterAChange() => CandidateOrder.Order(_destinations, _destinations[0]);

    [Benchmark]
    public object ReadByAConnection() => _cluster!.Candidates;
}
