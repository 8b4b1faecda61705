using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tests.Tls.SslStreams;

/// <summary>Lets every handshake work at once, and counts how often it rested.</summary>
internal sealed class CountingPace : IHandshakePace
{
    public int Rests { get; private set; }

    public async ValueTask<bool> RestAsync(ValueTask wait)
    {
        Rests++;
        await wait;
        return true;
    }
}
