using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HaProxyNet.Health;

namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>Name servers whose answers the test sets.</summary>
internal sealed class FakeNames : INameLookup
{
    private readonly ConcurrentDictionary<string, IPAddress[]> _answers = new(StringComparer.Ordinal);
    private int _asked;

    /// <summary>How often somebody has asked.</summary>
    public int Asked => Volatile.Read(ref _asked);

    /// <summary>What a name resolves to from now on; nothing: nobody knows it.</summary>
    public void Set(string host, params string[] addresses) => _answers[host] = [.. addresses.Select(IPAddress.Parse)];

    public Task<IPAddress[]> LookUpAsync(string host, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _asked);
        return _answers.GetValueOrDefault(host) is { Length: > 0 } found
            ? Task.FromResult(found)
            : Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
    }
}
