using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using HaProxyNet.State;

namespace HaProxyNet.Health.Scheduling;

/// <summary>
/// The destinations in the order in which something of theirs is due, and those of which something has changed: a look costs what is due,
/// not what is configured. Any thread may note a change, inside any lock; the rest is for one caller at a time.
/// </summary>
internal sealed class Agenda
{
    private readonly ConcurrentQueue<AgendaEntry> _noted = new();
    private readonly PriorityQueue<AgendaEntry, long> _waiting = new();
    private readonly ConditionalWeakTable<Destination, Appointment> _appointments = [];

    /// <summary>When the next look is due, as a timestamp; null: nothing waits.</summary>
    public long? NextAt => !_noted.IsEmpty ? 0 : _waiting.TryPeek(out _, out var at) ? at : null;

    /// <summary>Something of a destination has changed: it is looked at next.</summary>
    public void Note(Cluster cluster, Destination destination) => _noted.Enqueue(new(cluster, destination));

    /// <summary>Something of a whole cluster has changed.</summary>
    public void Note(Cluster cluster) => Array.ForEach(cluster.Plan.Destinations, destination => Note(cluster, destination));

    /// <summary>The next destination that has changed, or that is due; null when there is none.</summary>
    /// <param name="now">The time, as a timestamp.</param>
    public AgendaEntry? Take(long now)
    {
        if (_noted.TryDequeue(out var noted))
        {
            return noted;
        }

        while (_waiting.TryPeek(out var entry, out var at) && at <= now)
        {
            _waiting.Dequeue();
            var appointment = _appointments.GetOrCreateValue(entry.Destination);
            if (appointment.At == at)
            {
                appointment.At = long.MaxValue;
                return entry;
            }
        }

        return null;
    }

    /// <summary>Puts a destination down for a time. An earlier appointment stands: what is looked at too soon is put down again.</summary>
    public void Put(Cluster cluster, Destination destination, long at)
    {
        var appointment = _appointments.GetOrCreateValue(destination);
        if (at < appointment.At)
        {
            appointment.At = at;
            _waiting.Enqueue(new(cluster, destination, at), at);
        }
    }

    /// <summary>The one entry of a destination that counts: those behind it were put down for a later time.</summary>
    private sealed class Appointment
    {
        public long At { get; set; } = long.MaxValue;
    }
}
