using System.Net.Sockets;

namespace HaProxyNet.Simulator.Agents;

/// <summary>Sends a reply as the agent's fault has it.</summary>
internal static class ReplySender
{
    /// <summary>True when the whole reply was sent; otherwise the connection is over.</summary>
    /// <param name="socket">The connection.</param>
    /// <param name="stream">What writes to it, with TLS or without.</param>
    /// <param name="frame">The reply.</param>
    /// <param name="fault">What is wrong with the agent.</param>
    /// <param name="options">How it is wrong.</param>
    /// <param name="time">Rules the pauses.</param>
    /// <param name="cancellationToken">The agent was killed.</param>
    public static async ValueTask<bool> SendAsync(
        Socket socket, Stream stream, ReadOnlyMemory<byte> frame, AgentFault fault, SimulatedAgentOptions options, TimeProvider time,
        CancellationToken cancellationToken)
    {
        switch (fault)
        {
            case AgentFault.FinBeforeReply:
                return false;

            case AgentFault.TruncatedReply:
                await stream.WriteAsync(frame[..(frame.Length / 2)], cancellationToken);
                return false;

            case AgentFault.ResetInMidReply:
                await stream.WriteAsync(frame[..(frame.Length / 2)], cancellationToken);
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
                return false;

            case AgentFault.SlowDrip:
                await DripAsync(stream, frame, options, time, cancellationToken);
                return true;

            default:
                await stream.WriteAsync(frame, cancellationToken);
                return true;
        }
    }

    private static async ValueTask DripAsync(
        Stream stream, ReadOnlyMemory<byte> frame, SimulatedAgentOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        while (true)
        {
            var size = Math.Min(options.DripSize, frame.Length);
            await stream.WriteAsync(frame[..size], cancellationToken);
            frame = frame[size..];
            if (frame.IsEmpty)
            {
                return;
            }

            await Task.Delay(options.DripInterval, time, cancellationToken);
        }
    }
}
