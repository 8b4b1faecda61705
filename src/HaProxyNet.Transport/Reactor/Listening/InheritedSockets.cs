using System.Net;
using HaProxyNet.Transport.Native;
using HaProxyNet.Transport.Reactor.Loop;

namespace HaProxyNet.Transport.Reactor.Listening;

/// <summary>
/// Listening sockets that another process has opened and handed over: each is taken once, by the address that it is bound to. Connections
/// that wait in its backlog are accepted by the next process that accepts. Any thread.
/// </summary>
internal sealed class InheritedSockets(IEnumerable<int> descriptors) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _byAddress = descriptors.ToDictionary(AddressOf, StringComparer.Ordinal);

    /// <summary>The addresses that have not been taken.</summary>
    public IReadOnlyCollection<string> Left
    {
        get
        {
            lock (_gate)
            {
                return [.. _byAddress.Keys];
            }
        }
    }

    /// <summary>Takes the socket of an address.</summary>
    public bool TryTake(IPEndPoint address, out int descriptor)
    {
        lock (_gate)
        {
            return _byAddress.Remove(address.ToString(), out descriptor);
        }
    }

    /// <summary>Closes what nobody has taken: a listener that is not configured any more.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var descriptor in _byAddress.Values)
            {
                _ = Libc.Close(descriptor);
            }

            _byAddress.Clear();
        }
    }

    private static string AddressOf(int descriptor) => ReactorSocket.LocalAddress(descriptor).ToEndPoint().ToString();
}
