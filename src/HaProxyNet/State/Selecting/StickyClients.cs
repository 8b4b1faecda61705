using System.Collections.Concurrent;

namespace HaProxyNet.State.Selecting;

/// <summary>Which destination each client had last. Bounded: beyond the bound, new clients go by rank alone. Any thread.</summary>
internal sealed class StickyClients(TimeSpan expiry, TimeProvider time)
{
    /// <summary>About 150 bytes each; more clients than one pair of agents will ever have.</summary>
    private const int Bound = 500_000;

    private readonly ConcurrentDictionary<ClientKey, Pin> _pins = new();
    private long _sweptAt = time.GetTimestamp();
    private int _count;

    /// <summary>The destination that a client had last, as <see cref="Find"/> says it, without an effect on how long it is kept.</summary>
    public Destination? Peek(ClientKey client)
        => _pins.TryGetValue(client, out var pin) && time.GetElapsedTime(Volatile.Read(ref pin.SeenAt)) <= expiry ? pin.Destination : null;

    /// <summary>The destination that a client had last; none when it was not seen for the expiry. Being asked for keeps it.</summary>
    public Destination? Find(ClientKey client)
    {
        if (!_pins.TryGetValue(client, out var pin))
        {
            return null;
        }

        var now = time.GetTimestamp();
        if (time.GetElapsedTime(Volatile.Read(ref pin.SeenAt), now) > expiry)
        {
            return null;
        }

        Volatile.Write(ref pin.SeenAt, now);
        return pin.Destination;
    }

    /// <summary>Notes which destination a client has now.</summary>
    public void Remember(ClientKey client, Destination destination)
    {
        SweepNowAndThen();
        var pin = new Pin { Destination = destination, SeenAt = time.GetTimestamp() };
        if (_pins.ContainsKey(client))
        {
            _pins[client] = pin;
        }
        else if (Volatile.Read(ref _count) < Bound && _pins.TryAdd(client, pin))
        {
            Interlocked.Increment(ref _count);
        }
    }

    /// <summary>Forgets the expired, at most once an expiry: nothing has to run for that while nobody comes.</summary>
    private void SweepNowAndThen()
    {
        var (swept, now) = (Volatile.Read(ref _sweptAt), time.GetTimestamp());
        if (time.GetElapsedTime(swept, now) <= expiry || Interlocked.CompareExchange(ref _sweptAt, now, swept) != swept)
        {
            return;
        }

        foreach (var (client, pin) in _pins)
        {
            if (time.GetElapsedTime(Volatile.Read(ref pin.SeenAt), now) > expiry && _pins.TryRemove(new(client, pin)))
            {
                Interlocked.Decrement(ref _count);
            }
        }
    }

    private sealed class Pin
    {
        public long SeenAt;

        public required Destination Destination { get; init; }
    }
}
