using HaProxyNet.Configuration.ProxyProtocol;
using HaProxyNet.Connections;
using HaProxyNet.ProxyProtocol;
using HaProxyNet.ProxyProtocol.Wire;
using HaProxyNet.Tls.Sessions;
using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Introducing;

/// <summary>
/// Tells a destination that has just accepted who the client is. It is a part of the connect attempt: the header holds nothing that the
/// client has sent, so when the destination fails now, the next one can be tried.
/// </summary>
internal static class HeaderSender
{
    /// <summary>
    /// <see cref="ConnectStatus.Connected"/>, or <see cref="ConnectStatus.Reset"/> with the destination's socket reset. It never waits: a
    /// socket that was just connected has room for a header.
    /// </summary>
    public static ConnectStatus Send(ProxyConnection connection, ProxyProtocolVersion version)
    {
        var socket = connection.DestinationSocket!;
        Span<byte> header = stackalloc byte[OutgoingHeader.MostBytes];
        var length = OutgoingHeader.Write(
            header, version, AddressesOf(connection), (connection.ClientEnd as TlsSession)?.Facts, connection.Introduced?.Tlvs);
        if (socket.TrySend(header[..length]))
        {
            return ConnectStatus.Connected;
        }

        socket.Reset();
        connection.DestinationSocket = null;
        return ConnectStatus.Reset;
    }

    private static ProxyAddresses AddressesOf(ProxyConnection connection) => connection.Introduced is { } introduced
        ? ProxyAddresses.Of(introduced.Client, introduced.Target)
        : ProxyAddresses.Of(connection.Client.RemoteEndPoint, connection.Client.LocalEndPoint);
}
