using HaProxyNet.Configuration.Health;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>
/// SYN, SYN-ACK, RST: the server's system answers, its accept() never returns. The acknowledgement that would complete the handshake is
/// held back by this system, and the close, which is a reset, comes before it. Linux only.
/// </summary>
internal sealed record HalfOpenProbe : IProbe
{
    /// <summary>Whether this system can hold the acknowledgement back.</summary>
    public static bool IsPossible => OperatingSystem.IsLinux();

    public ProbeMethod Method => ProbeMethod.HalfOpen;

    public bool SpeaksTls => false;

    public async ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline)
    {
        using var socket = ProbeSocket.CreateResetting(target.Address);
        ProbeSocket.DelayHandshakesEnd(socket);
        await ProbeSocket.ConnectAsync(socket, target.Address, deadline);
        return ProbeResult.Success;
    }
}
