namespace HaProxyNet.Listening;

/// <summary>
/// When this process serves: at once, or, where it takes over from one that runs, when that one has handed over. Any thread.
/// </summary>
internal sealed class ServingGate
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _free = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Makes a gate.</summary>
    /// <param name="isOpen">There is no process to take over from.</param>
    public ServingGate(bool isOpen)
    {
        if (isOpen)
        {
            Open();
            Free();
        }
    }

    /// <summary>A gate of a process that is the only one.</summary>
    public static ServingGate Opened { get; } = new(isOpen: true);

    /// <summary>Connections are this process's from here on; ends once.</summary>
    public Task WhenOpen => _open.Task;

    /// <summary>The admin endpoint and the control socket are this process's from here on; ends once.</summary>
    public Task WhenFree => _free.Task;

    /// <summary>Connections are this process's.</summary>
    public void Open() => _open.TrySetResult();

    /// <summary>So are the admin endpoint and the control socket.</summary>
    public void Free() => _free.TrySetResult();
}
