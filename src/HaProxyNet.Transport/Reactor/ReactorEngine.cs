using System.Net;
using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Reactor.Listening;
using HaProxyNet.Transport.Reactor.Loop;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Reactor;

/// <summary>The engine for Linux: one epoll thread a lane, raw descriptors, splice; a connection stays on one thread for life.</summary>
internal sealed class ReactorEngine : TransportEngine
{
    private readonly ReactorLane[] _lanes;
    private readonly ILogger<ReactorEngine> _logger;
    private readonly InheritedSockets? _inherited;

    /// <summary>Starts the lanes.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">The system does not allow epoll.</exception>
    public ReactorEngine(
        int threads,
        TimeProvider time,
        LaneFaults faults,
        ILogger<ReactorEngine> logger,
        InheritedSockets? inherited = null)
    {
        (_logger, _inherited) = (logger, inherited);
        var limits = new ReactorLimits(logger);
        _lanes = [.. Enumerable.Range(0, threads).Select(index => new ReactorLane(index, time, limits, faults))];
        foreach (var lane in _lanes)
        {
            lane.Start();
        }
    }

    public override string Name => "reactor";

    public override IReadOnlyList<Lane> Lanes => _lanes;

    public override EngineListener Bind(IPEndPoint address, IConnectionSink sink)
    {
        var limits = sink.Silence;
        return new ReactorListener(
            address, limits, _lanes, (lane, descriptor) => new ReactorAcceptor(lane, descriptor, limits, sink, _logger), _inherited);
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var lane in _lanes)
        {
            lane.Dispose();
        }

        return ValueTask.CompletedTask;
    }
}
