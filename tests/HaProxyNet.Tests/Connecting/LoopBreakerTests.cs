using HaProxyNet.Connecting;
using HaProxyNet.Telemetry;
using HaProxyNet.Tests.Connections;
using HaProxyNet.Transport.Managed;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Connecting;

public sealed class LoopBreakerTests : IAsyncDisposable
{
    private const int Clients = 100;
    private readonly FakeTimeProvider _time = new();
    private readonly ManagedLane _lane;

    public LoopBreakerTests() => _lane = new ManagedLane(_time);

    /// <summary>Every connection is looked at twice.</summary>
    [Fact]
    public void OnClient_NoneOfTheProxysOwn_AllocatesNothing()
    {
        // Circles and health are reached from a client that may be the proxy itself, only.
        var breaker = new LoopBreaker(loops: null!, health: null!, new InternalFaults(), _time, NullLogger<LoopBreaker>.Instance);
        var connection = LoneConnection.On(_lane, _time);
        breaker.OnClient(connection);
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var i = 0; i < Clients; i++)
        {
            breaker.OnClient(connection);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    public async ValueTask DisposeAsync() => await _lane.DisposeAsync();
}
