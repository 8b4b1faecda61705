using System.Runtime.CompilerServices;
using HaProxyNet.Transport;
using HaProxyNet.Transport.Async;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Connections;

/// <summary>
/// Keeps clients that only knock (port scans, monitors, half-open clients) away from the destinations: nothing is connected before a client
/// has sent a byte, where its listener asks for that.
/// </summary>
internal static class FirstByte
{
    /// <summary>Null when the connection may go on; otherwise its end.</summary>
    public static ValueTask<ConnectionOutcome?> WaitAsync(ProxyConnection connection)
        => connection.Plan.FirstByte is { } patience ? WaitForByteAsync(connection, patience) : default;

    [AsyncMethodBuilder(typeof(LaneAsyncMethodBuilder<>))]
    private static async ValueTask<ConnectionOutcome?> WaitForByteAsync(ProxyConnection connection, TimeSpan patience)
    {
        var seen = await connection.Lane.PeekAsync(connection, new byte[1], beyond: 0, patience);
        return seen.End switch
        {
            PeekEnd.Bytes => null,
            PeekEnd.TimedOut => ConnectionOutcome.FirstByteTimeout,
            PeekEnd.Aborted => connection.AbortRequest,
            _ => ConnectionOutcome.ClientAborted,
        };
    }
}
