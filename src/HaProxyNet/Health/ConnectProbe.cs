using System.Net;
using System.Net.Sockets;
using HaProxyNet.Connecting;

namespace HaProxyNet.Health;

/// <summary>
/// Asks a destination whether it accepts: connects and resets at once, without a byte. The reset spares both machines the TIME_WAIT state.
/// </summary>
internal static class ConnectProbe
{
    /// <summary>Tries the addresses in order, until one accepts.</summary>
    public static async ValueTask<ConnectStatus> RunAsync(IReadOnlyList<IPEndPoint> addresses, TimeSpan timeout, TimeProvider time)
    {
        var last = ConnectStatus.Unreachable;
        foreach (var address in addresses)
        {
            last = await RunAsync(address, timeout, time);
            if (last is ConnectStatus.Connected)
            {
                break;
            }
        }

        return last;
    }

    private static async ValueTask<ConnectStatus> RunAsync(IPEndPoint address, TimeSpan timeout, TimeProvider time)
    {
        using var deadline = new CancellationTokenSource(timeout, time);
        try
        {
            using var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            await socket.ConnectAsync(address, deadline.Token);
            return ConnectStatus.Connected;
        }
        catch (OperationCanceledException)
        {
            return ConnectStatus.TimedOut;
        }
        catch (SocketException fault)
        {
            return ConnectErrors.Classify(fault.SocketErrorCode);
        }
    }
}
