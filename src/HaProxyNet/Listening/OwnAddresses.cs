using System.Collections.Frozen;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using HaProxyNet.Machine;

namespace HaProxyNet.Listening;

/// <summary>The addresses of this machine, read anew every few seconds while somebody asks. Any thread; asking takes no lock.</summary>
internal sealed class OwnAddresses(TimeProvider time)
{
    /// <summary>After this they are read in the background, so that no connection waits for it.</summary>
    private static readonly TimeSpan _freshFor = TimeSpan.FromSeconds(2);

    /// <summary>After this they are not believed any more.</summary>
    private static readonly TimeSpan _keptFor = TimeSpan.FromSeconds(10);

    private FrozenSet<IPAddress>? _known;
    private long _readAt;
    private bool _isBeingRead;

    /// <summary>Whether an address is one of them, or of the loopback network.</summary>
    public bool Contains(IPAddress address)
    {
        var plain = PlainAddress.Of(address);
        return IPAddress.IsLoopback(plain) || Known().Contains(plain);
    }

    /// <summary>Whether a connect to an address reaches the socket of this machine that listens there.</summary>
    public bool Reaches(IPEndPoint listening, IPEndPoint target)
    {
        if (listening.Port != target.Port)
        {
            return false;
        }

        // A connect to 0.0.0.0 or [::] goes to the loopback address.
        var address = target.Address.Equals(IPAddress.Any) ? IPAddress.Loopback
            : target.Address.Equals(IPAddress.IPv6Any) ? IPAddress.IPv6Loopback
            : PlainAddress.Of(target.Address);
        var takesEvery = listening.Address.Equals(IPAddress.IPv6Any)
            || (listening.Address.Equals(IPAddress.Any) && address.AddressFamily is AddressFamily.InterNetwork);
        return takesEvery ? Contains(address) : PlainAddress.Of(listening.Address).Equals(address);
    }

    private FrozenSet<IPAddress> Known()
    {
        var age = time.GetElapsedTime(Volatile.Read(ref _readAt));
        if (Volatile.Read(ref _known) is not { } known || age > _keptFor)
        {
            return Read();
        }

        if (age > _freshFor && !Interlocked.Exchange(ref _isBeingRead, true))
        {
            _ = Task.Run(Read);
        }

        return known;
    }

    private FrozenSet<IPAddress> Read()
    {
        try
        {
            var read = NetworkInterface.GetAllNetworkInterfaces()
                .SelectMany(i => i.GetIPProperties().UnicastAddresses)
                .Select(a => PlainAddress.Of(a.Address))
                .ToFrozenSet();
            Volatile.Write(ref _known, read);
            return read;
        }
        catch (NetworkInformationException)
        {
            // An interface went away meanwhile; the next look is in some seconds.
            return Volatile.Read(ref _known) ?? [];
        }
        finally
        {
            Volatile.Write(ref _readAt, time.GetTimestamp());
            Volatile.Write(ref _isBeingRead, false);
        }
    }
}
