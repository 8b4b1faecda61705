namespace HaProxyNet.FunctionalTests.Fixture;

/// <summary>What the peers on one side of the proxy know themselves: the truth that the proxy's counters are checked against.</summary>
internal sealed class PeerTraffic
{
    private int _connections;
    private long _offered;
    private long _received;

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>Bytes that the peers tried to send: of a send that a reset cut short nobody knows how much was taken.</summary>
    public long Offered => Volatile.Read(ref _offered);

    /// <summary>Bytes that the peers read.</summary>
    public long Received => Volatile.Read(ref _received);

    public void Opened() => Interlocked.Increment(ref _connections);

    public void AddOffered(int count) => Interlocked.Add(ref _offered, count);

    public void AddReceived(int count) => Interlocked.Add(ref _received, count);
}
