using System.Net.Security;

namespace HaProxyNet.NetworkTests.Upgrades;

/// <summary>The first bytes of a TLS client: what a listener that passes TLS through wants to see before it connects.</summary>
internal static class ClientHello
{
    /// <summary>A real one. The bytes go nowhere, and so there is no answer.</summary>
    public static async Task<byte[]> MakeAsync(string serverName)
    {
        using var wire = new MemoryStream();
        await using var client = new SslStream(wire, leaveInnerStreamOpen: true);
        await Assert.ThrowsAnyAsync<IOException>(() => client.AuthenticateAsClientAsync(serverName));
        return wire.ToArray();
    }
}
