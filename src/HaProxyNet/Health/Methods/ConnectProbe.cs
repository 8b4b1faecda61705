using HaProxyNet.Configuration.Health;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Health.Methods;

/// <summary>Connects and resets at once, without a byte. A server's accept() sees it.</summary>
internal sealed record ConnectProbe : IProbe
{
    public ProbeMethod Method => ProbeMethod.Connect;

    public bool SpeaksTls => false;

    public async ValueTask<ProbeResult> RunAsync(ProbeTarget target, CancellationToken deadline)
    {
        using var socket = ProbeSocket.CreateResetting(target.Address);
        await ProbeSocket.ConnectAsync(socket, target.Address, deadline);
        return ProbeResult.Success;
    }
}
