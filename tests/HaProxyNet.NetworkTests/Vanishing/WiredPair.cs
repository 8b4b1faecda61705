using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace HaProxyNet.NetworkTests.Vanishing;

/// <summary>A client and its agent, with the proxy between them. Both are streams of the test's own process.</summary>
internal sealed class WiredPair(Socket clientSocket, Stream client, Stream agent) : IDisposable
{
    /// <summary>The name that certificates are for.</summary>
    public const string Name = "agents.corp.example";

    public Socket ClientSocket => clientSocket;

    public Stream Client => client;

    public Stream Agent => agent;

    public static async Task<Stream> AsClientAsync(Socket socket, bool speaksTls)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (!speaksTls)
        {
            return plain;
        }

        var secured = new SslStream(plain);
        await secured.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = Name,
#pragma warning disable CA5359 // The other side shows a certificate of the test's own.
            RemoteCertificateValidationCallback = (_, _, _, _) => true,
#pragma warning restore CA5359
        });
        return secured;
    }

    public static async Task<Stream> AsAgentAsync(Socket socket, X509Certificate2? certificate)
    {
        var plain = new NetworkStream(socket, ownsSocket: true);
        if (certificate is null)
        {
            return plain;
        }

        var secured = new SslStream(plain);
        await secured.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = certificate });
        return secured;
    }

    public void Dispose()
    {
        client.Dispose();
        agent.Dispose();
    }
}
