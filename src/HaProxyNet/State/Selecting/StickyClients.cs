namespace HaProxyNet.State.Selecting;

/// <summary>
/// Which destination each client had last, by name, so that a reload or a restart changes nothing. Bounded: 1,000,000 clients in less than
/// 64 MB; beyond the bound, new clients go by rank alone. Any thread.
/// </summary>
internal sealed class StickyClients(TimeSpan expiry, TimeProvider time)
{
    public const int Bound = 1_000_000;

    private const int ShardBits = 8;

    /// <summary>Times are seconds of a clock that begins here, so that what was seen before the start has a place on it.</summary>
    private const uint Start = 1 << 30;

    /// <summary>So that nobody can choose addresses that all end in the same place.</summary>
    private static readonly ulong _seed = (ulong)Random.Shared.NextInt64();

    private readonly StickyShard[] _shards = [.. Enumerable.Range(0, 1 << ShardBits).Select(_ => new StickyShard())];
    private readonly StickyNames _names = new();
    private readonly long _startedAt = time.GetTimestamp();
    private long _expiry = expiry.Ticks;
    private long _sweptAt = time.GetTimestamp();
    private int _count;

    /// <summary>How long after its last connection a client is remembered; a reload may change it.</summary>
    public TimeSpan Expiry
    {
        get => new(Volatile.Read(ref _expiry));
        set => Volatile.Write(ref _expiry, value.Ticks);
    }

    /// <summary>How many are remembered, with those that have expired and were not swept yet.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>The destination that a client had last, as <see cref="Find"/> says it, without an effect on how long it is kept.</summary>
    public string? Peek(ClientKey client) => Ask(client, isLook: true);

    /// <summary>The destination that a client had last; null when it was not seen for the expiry. Being asked for keeps it.</summary>
    public string? Find(ClientKey client) => Ask(client, isLook: false);

    /// <summary>Notes which destination a client has now.</summary>
    public void Remember(ClientKey client, string destination)
    {
        SweepNowAndThen();
        Remember(client, destination, Now());
    }

    /// <summary>All that are remembered: what is kept across a restart.</summary>
    public IEnumerable<StickyClient> Export()
    {
        var (now, oldest) = (Now(), Oldest());
        return _shards.SelectMany(shard => shard.Copy(oldest))
            .Select(place =>
                new StickyClient(place.Client, _names[place.Destination], TimeSpan.FromSeconds(now - Math.Min(now, place.SeenAt))));
    }

    /// <summary>Remembers what was kept. Those that have come since are not changed.</summary>
    public void Import(IEnumerable<StickyClient> kept)
    {
        foreach (var (client, destination, age) in kept)
        {
            if (age <= Expiry && Peek(client) is null)
            {
                Remember(client, destination, Now() - (uint)age.TotalSeconds);
            }
        }
    }

    internal static ulong Hash(ClientKey client)
    {
        var hash = (((ulong)(client.Address >> 64) ^ _seed) * 0x9e3779b97f4a7c15) ^ (ulong)client.Address;
        hash = (hash ^ (hash >> 32) ^ _seed) * 0xff51afd7ed558ccd;
        return hash ^ (hash >> 29);
    }

    private string? Ask(ClientKey client, bool isLook)
    {
        var hash = Hash(client);
        var number = ShardOf(hash).Find(client, hash, Oldest(), isLook ? null : Now());
        return number == 0 ? null : _names[number];
    }

    private void Remember(ClientKey client, string destination, uint seenAt)
    {
        if (_names.NumberOf(destination) is > 0 and var number)
        {
            var hash = Hash(client);
            Interlocked.Add(ref _count, ShardOf(hash).Remember(client, hash, number, seenAt, Oldest(), Count < Bound));
        }
    }

    private StickyShard ShardOf(ulong hash) => _shards[hash >> (64 - ShardBits)];

    private uint Now() => Start + (uint)time.GetElapsedTime(_startedAt).TotalSeconds;

    private uint Oldest()
    {
        var seconds = Math.Ceiling(Expiry.TotalSeconds);
        return seconds >= Now() ? 0 : Now() - (uint)seconds;
    }

    /// <summary>Forgets the expired, at most once an expiry: nothing has to run for that while nobody comes.</summary>
    private void SweepNowAndThen()
    {
        var (swept, now) = (Volatile.Read(ref _sweptAt), time.GetTimestamp());
        if (time.GetElapsedTime(swept, now) <= Expiry || Interlocked.CompareExchange(ref _sweptAt, now, swept) != swept)
        {
            return;
        }

        var oldest = Oldest();
        foreach (var shard in _shards)
        {
            Interlocked.Add(ref _count, shard.Sweep(oldest));
        }
    }
}
