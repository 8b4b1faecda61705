using System.Collections.Immutable;
using HaProxyNet.Control.Documents;
using Microsoft.Extensions.Logging;

namespace HaProxyNet.Management.Events;

/// <summary>
/// The last changes of state, for <c>/api/v1/events</c>. It listens to the log, in which each of them is one event already, so that nobody
/// has to tell both; log levels of the configuration do not reach it. Bounded: the oldest is forgotten. Any thread.
/// </summary>
internal sealed class EventJournal(TimeProvider time) : ILoggerProvider
{
    /// <summary>How many are kept: a flapping pair for some hours.</summary>
    public const int Capacity = 1000;

    private readonly Lock _gate = new();
    private readonly Queue<StateEvent> _events = new(Capacity);
    private ImmutableList<Action<StateEvent>> _observers = [];

    /// <summary>Makes sure that the journal gets what it needs, and that the data path does not log for it.</summary>
    public static void Configure(ILoggingBuilder logging)
    {
        logging.AddFilter<EventJournal>(category: null, LogLevel.None);
        logging.AddFilter<EventJournal>("HaProxyNet", LogLevel.Information);
        logging.AddFilter<EventJournal>(typeof(Closing.ConnectionLog).FullName, LogLevel.None);
    }

    /// <summary>Registers someone to be given each event as it comes. It is called on the thread that logs, and must not wait.</summary>
    public void WhenAdded(Action<StateEvent> observer) => ImmutableInterlocked.Update(ref _observers, (all, one) => all.Add(one), observer);

    /// <summary>What is kept, the oldest first.</summary>
    public IReadOnlyList<StateEvent> Read()
    {
        lock (_gate)
        {
            return [.. _events];
        }
    }

    public ILogger CreateLogger(string categoryName) => new EventListener(this);

    public void Dispose()
    {
    }

    /// <summary>Keeps an event.</summary>
    internal void Add(EventShape shape, IReadOnlyList<KeyValuePair<string, object?>> line, string text)
    {
        var happened = shape.Read(time.GetUtcNow(), line, text);
        lock (_gate)
        {
            if (_events.Count == Capacity)
            {
                _events.Dequeue();
            }

            _events.Enqueue(happened);
        }

        foreach (var observer in _observers)
        {
            observer(happened);
        }
    }
}
