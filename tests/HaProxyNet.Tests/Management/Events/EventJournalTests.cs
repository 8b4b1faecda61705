using HaProxyNet.Management.Events;
using HaProxyNet.Vocabulary;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace HaProxyNet.Tests.Management.Events;

public sealed class EventJournalTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly EventJournal _journal;

    public EventJournalTests() => _journal = new(_time);

    [Fact]
    public void Read_MoreThanItsCapacity_TheOldestAreForgotten()
    {
        for (var i = 0; i <= EventJournal.Capacity; i++)
        {
            Log(EventIds.DestinationDown, ("Cluster", "c"), ("Destination", $"d{i}"), ("Reason", "refused"));
        }

        var events = _journal.Read();

        Assert.Equal(EventJournal.Capacity, events.Count);
        Assert.Equal(("d1", $"d{EventJournal.Capacity}"), (events[0].Destination, events[^1].Destination));
    }

    [Fact]
    public void Log_NotAChangeOfState_IsNotKept()
    {
        Log(EventIds.ConnectionClosed, ("Cluster", "c"));
        Log(EventIds.NameResolved, ("Cluster", "c"));

        Assert.Empty(_journal.Read());
    }

    [Fact]
    public void Log_Failover_DestinationIsTheNewOne()
    {
        Log(EventIds.Failover, ("Cluster", "c"), ("From", "a"), ("To", "b"), ("Reason", "refused"));

        var only = Assert.Single(_journal.Read());
        Assert.Equal(
            (_time.GetUtcNow(), "failover", "c", "b", "refused", "text"),
            (only.At, only.Kind, only.Cluster, only.Destination, only.Reason, only.Text));
    }

    private void Log(int id, params (string Key, object? Value)[] fields)
        => _journal.CreateLogger("HaProxyNet.Any").Log<IReadOnlyList<KeyValuePair<string, object?>>>(
            LogLevel.Information, new EventId(id), [.. fields.Select(f => KeyValuePair.Create(f.Key, f.Value))], exception: null,
            (_, _) => "text");
}
