using System.Net;
using System.Runtime.InteropServices;

namespace HaProxyNet.State;

/// <summary>
/// The addresses of one destination in the order in which a connection tries them: first the one that accepted last, then the others as the
/// name gave them. Allocates nothing.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly struct AddressOrder
{
    /// <summary>RFC 8305, section 5: how long one address is waited for before the next one is raced with it.</summary>
    private static readonly TimeSpan _connectionAttemptDelay = TimeSpan.FromMilliseconds(250);

    private readonly IPEndPoint[] _addresses;
    private readonly int _first;

    public AddressOrder(IPEndPoint[] addresses, IPEndPoint? preferred)
    {
        _addresses = addresses;
        _first = preferred is null || addresses.Length < 2 ? 0 : Math.Max(Array.IndexOf(addresses, preferred), 0);
    }

    /// <summary>How many there are.</summary>
    public int Count => _addresses.Length;

    /// <summary>The address that is tried at this place.</summary>
    public IPEndPoint this[int place] => _addresses[place == 0 ? _first : place <= _first ? place - 1 : place];

    /// <summary>The order for a destination, as things are now.</summary>
    public static AddressOrder Of(Destination destination) => new(destination.Addresses, destination.PreferredAddress);

    /// <summary>How long an address is waited for before the next one: never longer than the destination itself would be.</summary>
    public static TimeSpan DelayBefore(TimeSpan patience)
        => patience > TimeSpan.Zero && patience < _connectionAttemptDelay ? patience : _connectionAttemptDelay;
}
