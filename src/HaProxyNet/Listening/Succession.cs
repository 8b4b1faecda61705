namespace HaProxyNet.Listening;

/// <summary>Whether another process has taken over from this one. Any thread.</summary>
internal sealed class Succession
{
    private readonly Lock _gate = new();
    private readonly List<Func<Task>> _observers = [];
    private bool _hasHappened;

    /// <summary>Another process accepts what this one did; this one only ends what it has.</summary>
    public bool HasHappened => Volatile.Read(ref _hasHappened);

    /// <summary>Registers what lets a place go that two processes cannot have.</summary>
    public void When(Func<Task> release)
    {
        lock (_gate)
        {
            _observers.Add(release);
        }
    }

    /// <summary>It has happened: all places are let go when the task ends.</summary>
    public Task HappenAsync()
    {
        Volatile.Write(ref _hasHappened, value: true);
        lock (_gate)
        {
            return Task.WhenAll(_observers.Select(release => release()));
        }
    }
}
