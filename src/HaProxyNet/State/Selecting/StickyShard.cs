using System.Numerics;
using System.Runtime.InteropServices;

namespace HaProxyNet.State.Selecting;

/// <summary>
/// A part of the clients that are remembered, 24 bytes a place, open addressing. A connection holds its lock for some nanoseconds.
/// </summary>
internal sealed class StickyShard
{
    private const int Smallest = 16;

    private readonly Lock _gate = new();
    private Place[] _places = [];
    private int _count;

    /// <summary>The destination of a client; 0: not known, or not seen since <paramref name="oldest"/>.</summary>
    /// <param name="client">The client.</param>
    /// <param name="hash">Its hash.</param>
    /// <param name="oldest">A client that was not seen since then is forgotten.</param>
    /// <param name="now">When it is seen again; null: this is only a look.</param>
    public ushort Find(ClientKey client, ulong hash, uint oldest, uint? now)
    {
        lock (_gate)
        {
            if (_places.Length == 0)
            {
                return 0;
            }

            ref var place = ref At(_places, client, hash);
            if (place.Destination == 0 || place.SeenAt < oldest)
            {
                return 0;
            }

            place.SeenAt = now ?? place.SeenAt;
            return place.Destination;
        }
    }

    /// <summary>Notes the destination of a client; returns by how much the number of those that are remembered has changed.</summary>
    public int Remember(ClientKey client, ulong hash, ushort destination, uint seenAt, uint oldest, bool hasRoom)
    {
        lock (_gate)
        {
            var before = _count;
            if ((_count + 1) * 4 > _places.Length * 3)
            {
                Rebuild(oldest);
            }

            ref var place = ref At(_places, client, hash);
            if (place.Destination != 0 || hasRoom || _count < before)
            {
                _count += place.Destination == 0 ? 1 : 0;
                place = new Place(client, seenAt, destination);
            }

            return _count - before;
        }
    }

    /// <summary>Those that are remembered, and were seen since <paramref name="oldest"/>.</summary>
    public Place[] Copy(uint oldest)
    {
        lock (_gate)
        {
            return [.. _places.Where(place => place.Destination != 0 && place.SeenAt >= oldest)];
        }
    }

    /// <summary>Forgets the expired; returns by how much the number has changed.</summary>
    public int Sweep(uint oldest)
    {
        lock (_gate)
        {
            var before = _count;
            Rebuild(oldest);
            return _count - before;
        }
    }

    /// <summary>The place of a client, or the free one where it belongs. There always is a free one.</summary>
    private static ref Place At(Place[] places, ClientKey client, ulong hash)
    {
        var mask = places.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            ref var place = ref places[at];
            if (place.Destination == 0 || place.Client == client)
            {
                return ref place;
            }
        }
    }

    /// <summary>Leaves the expired out, and takes twice the room if half of it is not enough.</summary>
    private void Rebuild(uint oldest)
    {
        var live = _places.Count(place => place.Destination != 0 && place.SeenAt >= oldest);
        var next = new Place[Math.Max(Smallest, (int)BitOperations.RoundUpToPowerOf2((uint)((live + 1) * 2)))];
        foreach (ref readonly var place in _places.AsSpan())
        {
            if (place.Destination != 0 && place.SeenAt >= oldest)
            {
                At(next, place.Client, StickyClients.Hash(place.Client)) = place;
            }
        }

        (_places, _count) = (next, live);
    }

    /// <summary>A client, packed: an address, the second in which it was seen, and the number of its destination.</summary>
    [StructLayout(LayoutKind.Sequential, Pack = 4)]
    internal struct Place(ClientKey client, uint seenAt, ushort destination)
    {
        private readonly ulong _upper = (ulong)(client.Address >> 64);
        private readonly ulong _lower = (ulong)client.Address;

        public readonly ClientKey Client => new(new UInt128(_upper, _lower));

        public uint SeenAt { get; set; } = seenAt;

        public ushort Destination { get; } = destination;
    }
}
