using HaProxyNet.Transport;

namespace HaProxyNet.Tests.Failover;

/// <summary>An engine that has no connections.</summary>
internal sealed class IdleEngine : TransportEngine
{
    public override string Name => "idle";

    public override IReadOnlyList<Lane> Lanes => [];

    public override EngineListener Bind(ProxyEndPoint endPoint) => throw new NotSupportedException();

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
