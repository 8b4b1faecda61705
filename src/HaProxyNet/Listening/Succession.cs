namespace HaProxyNet.Listening;

/// <summary>Whether another process has taken over from this one. Any thread.</summary>
internal sealed class Succession
{
    private readonly Lock _gate = new();
    private readonly List<Func<int, Task>> _observers = [];
    private readonly List<Func<int?>> _handed = [];
    private bool _hasHappened;

    /// <summary>Another process accepts what this one did; this one only ends what it has.</summary>
    public bool HasHappened => Volatile.Read(ref _hasHappened);

    /// <summary>Registers what lets a place go that two processes cannot have. It is given the id of the process that takes over.</summary>
    public void When(Func<int, Task> release)
    {
        lock (_gate)
        {
            _observers.Add(release);
        }
    }

    /// <summary>Registers a listening socket that the other process gets as well.</summary>
    /// <param name="descriptor">Its descriptor now; null: there is none.</param>
    public void Hand(Func<int?> descriptor)
    {
        lock (_gate)
        {
            _handed.Add(descriptor);
        }
    }

    /// <summary>The descriptors of the sockets that are registered.</summary>
    public IReadOnlyList<int> Handed()
    {
        lock (_gate)
        {
            return [.. _handed.Select(descriptor => descriptor()).OfType<int>()];
        }
    }

    /// <summary>It has happened: all places are let go when the task ends.</summary>
    /// <param name="process">The process that has taken over.</param>
    public Task HappenAsync(int process)
    {
        Volatile.Write(ref _hasHappened, value: true);
        lock (_gate)
        {
            return Task.WhenAll(_observers.Select(release => release(process)));
        }
    }
}
