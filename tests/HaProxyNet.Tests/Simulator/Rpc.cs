using HaProxyNet.Simulator.Framing;

namespace HaProxyNet.Tests.Simulator;

/// <summary>Requests for tests.</summary>
internal static class Rpc
{
    private static int _count;

    public static RpcRequest Immediate(int replySize = 2_000) => Lasting(TimeSpan.Zero, replySize);

    public static RpcRequest Lasting(TimeSpan work, int replySize = 2_000) =>
        new($"test-{Interlocked.Increment(ref _count)}", RpcOperation.DoNothing, work, replySize, PaddingSize: 7_500);
}
