using System.Net;

namespace HaProxyNet.Machine;

/// <summary>
/// Addresses in the one form in which they can be compared: an IPv4 address in IPv6 form is that IPv4 address; a zone says where, not what.
/// </summary>
internal static class PlainAddress
{
    /// <summary>An address.</summary>
    public static IPAddress Of(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { IsIPv6LinkLocal: true, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };

    /// <summary>An address with a port.</summary>
    public static IPEndPoint Of(IPEndPoint endPoint) => new(Of(endPoint.Address), endPoint.Port);
}
