using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;

namespace HaProxyNet.Management.Http;

/// <summary>The addresses of this machine, asked for at most once in some seconds. Any thread.</summary>
internal sealed class OwnAddresses(TimeProvider time)
{
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private FrozenSet<IPAddress> _known = [];
    private long _readAt;

    /// <summary>Whether an address is one of them, or of the loopback network.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = Plain(address);
        return IPAddress.IsLoopback(plain) || Known().Contains(plain);
    }

    private FrozenSet<IPAddress> Known()
    {
        lock (_gate)
        {
            if (_readAt == 0 || time.GetElapsedTime(_readAt) > _keptFor)
            {
                (_readAt, _known) = (time.GetTimestamp(), Read());
            }

            return _known;
        }
    }

    private static FrozenSet<IPAddress> Read()
    {
        try
        {
            return NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => Plain(a.Address))
                .ToFrozenSet();
        }
        catch (NetworkInformationException)
        {
            // An interface went away meanwhile; the next look is in some seconds.
            return [];
        }
    }

    /// <summary>An IPv4 address in IPv6 form is that IPv4 address; a zone says where, not what.</summary>
    private static IPAddress Plain(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4(),
        { IsIPv6LinkLocal: true, ScopeId: not 0 } => new IPAddress(address.GetAddressBytes()),
        _ => address,
    };
}
