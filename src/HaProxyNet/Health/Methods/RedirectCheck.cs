using System.Net;
using HaProxyNet.Machine;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>Where connects to an address that looks like another machine's arrive on this one.</summary>
internal static class RedirectCheck
{
    /// <summary>
    /// Connects, and looks where the connection ends: the port on this machine, or -1. Nothing accepts it before that is known, and it is
    /// reset.
    /// </summary>
    public static async Task<int> PortOfArrivalAsync(IPEndPoint address, CancellationToken deadline)
    {
        using var socket = ProbeSocket.CreateResetting(address);
        if (OperatingSystem.IsLinux())
        {
            ProbeSocket.DelayHandshakesEnd(socket);
        }

        try
        {
            await ProbeSocket.ConnectAsync(socket, address, deadline);
            return SocketTable.PortOfArrival((IPEndPoint)socket.LocalEndPoint!, address) ?? -1;
        }
        catch (Exception fault) when (fault is ConnectFailedException or OperationCanceledException)
        {
            return -1;
        }
    }
}
