using System.Net;
using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Failover;

/// <summary>An engine on which nothing ever lives.</summary>
internal sealed class NoLanes : TransportEngine
{
    public override string Name => "none";

    public override IReadOnlyList<Lane> Lanes => [];

    public override EngineListener Bind(IPEndPoint address, IConnectionSink sink)
        => throw new NotSupportedException("No listener is needed here.");

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
