using System.Net;
using HaProxyNet.Transport.Handover;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Transport.Managed;

/// <summary>
/// The portable engine, on <see cref="System.Net.Sockets.Socket"/>: any operating system, and the yardstick for the others.
/// </summary>
internal sealed class ManagedEngine(
    TimeProvider time, LaneFaults faults, ILogger<ManagedEngine> logger, InheritedSockets? inherited = null) : TransportEngine
{
    private readonly ManagedLane _lane = new(time, faults);

    public override string Name => "managed";

    public override IReadOnlyList<Lane> Lanes => [_lane];

    public override EngineListener Bind(IPEndPoint address, IConnectionSink sink)
        => new ManagedListener(address, sink, _lane, time, faults, logger, inherited);

    public override ValueTask DisposeAsync() => _lane.DisposeAsync();
}
