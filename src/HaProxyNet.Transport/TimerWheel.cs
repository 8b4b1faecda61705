namespace HaProxyNet.Transport;

/// <summary>
/// Timers of one lane: constant time to start and stop, no allocation once warm, no lock because only the lane uses it. Due times are
/// rounded up to the tick.
/// </summary>
internal sealed class TimerWheel
{
    private const int Slots = 512;

    private readonly WheelTimer?[] _slots = new WheelTimer?[Slots];
    private readonly Stack<WheelTimer> _free = new();
    private readonly long _ticksPerStep;
    private long _step;

    /// <summary>Creates an empty wheel.</summary>
    /// <param name="ticksPerStep">The resolution, in timestamps of the lane's clock.</param>
    /// <param name="now">The present, in the same timestamps.</param>
    public TimerWheel(long ticksPerStep, long now)
    {
        _ticksPerStep = ticksPerStep;
        _step = now / ticksPerStep;
    }

    /// <summary>How many timers run.</summary>
    public int Count { get; private set; }

    /// <summary>Starts a timer that fires once.</summary>
    public WheelTimer Start(IWheelTarget target, long due)
    {
        var timer = _free.TryPop(out var used) ? used : new WheelTimer();
        timer.Target = target;
        timer.Step = Math.Max((due + _ticksPerStep - 1) / _ticksPerStep, _step + 1);
        Link(timer);
        Count++;
        return timer;
    }

    /// <summary>When a timer fires, in the lane's timestamps.</summary>
    public long DueOf(WheelTimer timer) => timer.Step * _ticksPerStep;

    /// <summary>Stops a timer before it fires.</summary>
    public void Stop(WheelTimer timer)
    {
        Unlink(timer);
        Release(timer);
    }

    /// <summary>The target that was told last.</summary>
    public IWheelTarget? LastFired { get; private set; }

    /// <summary>
    /// Fires what is due. A target may start and stop timers meanwhile, its own included. What one throws comes out here, and the next call
    /// goes on with the others.
    /// </summary>
    public void Advance(long now)
    {
        var target = now / _ticksPerStep;
        if (Count == 0)
        {
            _step = Math.Max(_step, target);
            return;
        }

        // Each slot is looked at once at the most; a second turn would find nothing new.
        _step = Math.Max(_step, target - Slots);

        while (_step < target)
        {
            _step++;
            try
            {
                Fire((int)(_step % Slots), target);
            }
            catch
            {
                // Its neighbours in the slot have not fired yet.
                _step--;
                throw;
            }
        }
    }

    /// <summary>When to look again, in the lane's timestamps: never later than the first timer is due.</summary>
    public long NextDue()
    {
        for (var step = _step + 1; step <= _step + Slots; step++)
        {
            if (_slots[step % Slots] is not null)
            {
                return step * _ticksPerStep;
            }
        }

        return long.MaxValue;
    }

    private void Fire(int slot, long upTo)
    {
        var timer = _slots[slot];
        while (timer is not null)
        {
            if (timer.Step > upTo)
            {
                timer = timer.Next;
                continue;
            }

            var target = timer.Target!;
            Unlink(timer);
            Release(timer);
            LastFired = target;
            target.OnTimer();

            // The list may have changed in any way: begin again.
            timer = _slots[slot];
        }
    }

    private void Link(WheelTimer timer)
    {
        ref var head = ref _slots[timer.Step % Slots];
        timer.Next = head;
        timer.Previous = null;
        if (head is not null)
        {
            head.Previous = timer;
        }

        head = timer;
    }

    private void Unlink(WheelTimer timer)
    {
        if (timer.Previous is { } previous)
        {
            previous.Next = timer.Next;
        }
        else
        {
            _slots[timer.Step % Slots] = timer.Next;
        }

        if (timer.Next is { } next)
        {
            next.Previous = timer.Previous;
        }
    }

    private void Release(WheelTimer timer)
    {
        timer.Target = null;
        timer.Next = null;
        timer.Previous = null;
        _free.Push(timer);
        Count--;
    }
}
