using System.Net.Security;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Tls.SslStreams;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>Shakes hands with a destination as a client's connection would, for a probe, which has no lane.</summary>
internal static class ProbedHandshake
{
    /// <summary>Makes a session on a connection, which it owns from here on.</summary>
    /// <exception cref="DestinationHandshakeException">None is available.</exception>
    public static async ValueTask<SslStream> OpenAsync(Stream connection, TlsClientSettings settings, CancellationToken deadline)
    {
        var session = new SslStream(connection);
        var refusal = "";
        var options = SslClientTerms.Of(settings, reason => refusal = reason);

        // A resumed session would not show the certificate that the destination has now.
        options.AllowTlsResume = false;
        try
        {
            await session.AuthenticateAsClientAsync(options, deadline);
            return session;
        }
#pragma warning disable CA1031 // The boundary of the library: what it throws is the destination's failure, and its words say what.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            await session.DisposeAsync();
            throw new DestinationHandshakeException(Judge(fault, refusal), fault);
        }
    }

    private static HandshakeResult Judge(Exception fault, string refusal) => fault is OperationCanceledException
        ? new(HandshakeStatus.TimedOut, "it took too long")
        : SslStreamFaults.Judge(fault, firstByte: -1, hasEnded: fault is IOException, refusal);
}
