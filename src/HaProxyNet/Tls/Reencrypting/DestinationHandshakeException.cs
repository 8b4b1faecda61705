using System.Security.Authentication;
using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Reencrypting;

/// <summary>A probe's handshake with a destination, under the terms of its clients' connections, has failed.</summary>
internal sealed class DestinationHandshakeException(HandshakeResult result, Exception fault) : AuthenticationException(result.Words, fault)
{
    /// <summary>How it ended.</summary>
    public HandshakeResult Result => result;
}
