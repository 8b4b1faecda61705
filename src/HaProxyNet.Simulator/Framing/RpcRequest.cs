namespace HaProxyNet.Simulator.Framing;

/// <summary>
/// A request. It carries what the simulated agent shall do with it, so that the client's workload decides and agents need no setting.
/// </summary>
/// <param name="Id">The request's name, unique over all clients and runs: executions are counted by it.</param>
/// <param name="Operation">What is asked for.</param>
/// <param name="Work">How long the agent works on it; 0 to <see cref="LongestWork"/>, whole microseconds.</param>
/// <param name="ReplySize">Characters of padding in the reply; 0 to <see cref="LargestPadding"/>.</param>
/// <param name="PaddingSize">Characters of padding in the request; 0 to <see cref="LargestPadding"/>.</param>
public sealed record RpcRequest(string Id, RpcOperation Operation, TimeSpan Work, int ReplySize, int PaddingSize)
{
    /// <summary>The longest work an agent takes on: an hour.</summary>
    public static readonly TimeSpan LongestWork = TimeSpan.FromHours(1);

    /// <summary>The most padding a message carries, in characters (a byte each): 15 MiB, so that the frame stays below 16 MiB.</summary>
    public const int LargestPadding = 15 * 1024 * 1024;
}
