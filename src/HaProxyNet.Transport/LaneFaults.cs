namespace HaProxyNet.Transport;

/// <summary>Takes what is thrown at an engine's boundaries. No method throws. Any thread.</summary>
internal abstract class LaneFaults
{
    /// <summary>For engines that stand alone, in tests and tools: what is thrown is forgotten.</summary>
    public static LaneFaults Unheard { get; } = new Deaf();

    /// <summary>Runs a piece of work at a boundary. What it throws is reported; false then.</summary>
    public bool Contain<T>(LanePlace place, Action<T> work, T state)
    {
        try
        {
            OnEntering(place);
            work(state);
            return true;
        }
#pragma warning disable CA1031 // This is the boundary.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            Report(place, fault);
            return false;
        }
    }

    /// <summary>Counts a fault and logs it.</summary>
    public abstract void Report(LanePlace place, Exception fault);

    /// <summary>Work begins; tests throw here.</summary>
    protected virtual void OnEntering(LanePlace place)
    {
    }

    private sealed class Deaf : LaneFaults
    {
        public override void Report(LanePlace place, Exception fault)
        {
        }
    }
}
