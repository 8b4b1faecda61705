using System.Net.Sockets;

namespace HaProxyNet.Simulator.Agents;

/// <summary>Sends a reply as the agent's fault has it.</summary>
internal static class ReplySender
{
    /// <summary>True when the whole reply was sent; otherwise the connection is over.</summary>
    public static async ValueTask<bool> SendAsync(
        Socket socket, ReadOnlyMemory<byte> frame, AgentFault fault, SimulatedAgentOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case AgentFault.FinBeforeReply:
                return false;

            case AgentFault.TruncatedReply:
                await SendAllAsync(socket, frame[..(frame.Length / 2)], cancellationToken);
                return false;

            case AgentFault.ResetInMidReply:
                await SendAllAsync(socket, frame[..(frame.Length / 2)], cancellationToken);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return false;

            case AgentFault.SlowDrip:
                await DripAsync(socket, frame, options, time, cancellationToken);
                return true;

            default:
                await SendAllAsync(socket, frame, cancellationToken);
                return true;
        }
    }

    private static async ValueTask DripAsync(
        Socket socket, ReadOnlyMemory<byte> frame, SimulatedAgentOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var size = Math.Min(options.DripSize, frame.Length);
            await SendAllAsync(socket, frame[..size], cancellationToken);
            frame = frame[size..];
            if (frame.IsEmpty)
            {
                return;
            }

            await Task.Delay(options.DripInterval, time, cancellationToken);
        }
    }

    private static async ValueTask SendAllAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await socket.SendAsync(bytes, cancellationToken)..];
        }
    }
}
