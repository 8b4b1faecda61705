using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Async;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>Ends a session with a destination that no connection needs any more.</summary>
internal static class UnusedSession
{
    /// <summary>
    /// One that is through ends in order: what the destination sends after its handshake is read, or its system would see a reset.
    /// </summary>
    public static async LaneRun EndAsync(TlsSession session, bool isThrough)
    {
        if (isThrough)
        {
            await session.ShutdownSendAsync();
            await DrainAsync(session);
            session.Socket.Close();
        }
        else
        {
            session.Socket.Reset();
        }

        session.Dispose();
    }

    /// <summary>What is there already; nobody waits for more.</summary>
    private static async ValueTask DrainAsync(TlsSession session)
    {
        var rest = new byte[4096];
        while (await session.ReadAsync(rest) > 0)
        {
            // A server that speaks first.
        }
    }
}
