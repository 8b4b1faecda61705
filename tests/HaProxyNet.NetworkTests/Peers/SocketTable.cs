using HaProxyNet.NetworkTests.Fixture;

namespace HaProxyNet.NetworkTests.Peers;

/// <summary>The kernel's view of connections, through ss: it sees both ends, whatever the processes believe.</summary>
internal static class SocketTable
{
    private static readonly string[] _liveStates = ["established", "syn-sent", "syn-recv"];

    /// <summary>Whether a connection with one of these ports at either end is being made, or is open in both directions.</summary>
    public static async Task<bool> HasLiveConnectionsAsync(params int[] ports)
    {
        var either = ports.SelectMany(port => new[] { $"sport = :{port}", $"dport = :{port}" });
        var result = await CommandResult.OfAsync(
            Requirement.Command("ss", "iproute2"),
            ["-Hnt", .. _liveStates.SelectMany(state => new[] { "state", state }), $"( {string.Join(" or ", either)} )"]);
        result.ExpectSuccess("ss");
        return result.Output.Length > 0;
    }
}
