using HaProxyNet.State;

namespace HaProxyNet.Health.Scheduling;

/// <summary>What the scheduler keeps of one destination. Any thread.</summary>
internal sealed class DestinationWatch
{
    private const int SpreadSteps = 1000;

    private readonly Lock _rowGate = new();
    private CancellationTokenSource? _row;
    private ProbePolicy? _rowPolicy;
    private int _isBusy;
    private long _lastProbed;
    private long _addressesSince;
    private int _spread = Draw();

    /// <summary>When its name was last asked for, as a timestamp; 0: never. Only the scheduler touches it, under its lock.</summary>
    public long LastResolved { get; set; }

    /// <summary>Its name is being asked for. Only the scheduler touches it, under its lock.</summary>
    public bool IsResolving { get; set; }

    /// <summary>A probe is under way, or a row of them.</summary>
    public bool IsBusy => Volatile.Read(ref _isBusy) != 0;

    /// <summary>Takes the right to probe: never more than one probe at a time.</summary>
    public bool TryBegin() => Interlocked.Exchange(ref _isBusy, 1) == 0;

    /// <summary>A row of probes begins, by this policy.</summary>
    public void BeginRow(CancellationTokenSource row, ProbePolicy policy)
    {
        lock (_rowGate)
        {
            (_row, _rowPolicy) = (row, policy);
        }
    }

    /// <summary>The row has ended; nobody is to end it any more.</summary>
    public void EndRow()
    {
        lock (_rowGate)
        {
            _row = null;
        }
    }

    /// <summary>Ends the row of probes that is under way, if it is by another policy: its waits are not to outlive a reload.</summary>
    public void EndRowUnless(ProbePolicy policy) => EndRow(known => known != policy);

    private void EndRow(Func<ProbePolicy?, bool> isOver)
    {
        lock (_rowGate)
        {
            if (_row is not null && isOver(_rowPolicy))
            {
                _ = _row.CancelAsync();
                _row = null;
            }
        }
    }

    /// <summary>Gives the right back.</summary>
    public void End(long now)
    {
        Volatile.Write(ref _lastProbed, now);
        Volatile.Write(ref _spread, Draw());
        Volatile.Write(ref _isBusy, 0);
    }

    /// <summary>
    /// Its name has other addresses: what was proven of the old ones says nothing about them, and nobody waits for them any more.
    /// </summary>
    public void AddressesChanged(long now)
    {
        Volatile.Write(ref _addressesSince, now);
        EndRow(static _ => true);
    }

    /// <summary>What is known for the decision to probe.</summary>
    public ProbeSituation Of(Destination destination)
    {
        var condition = destination.Condition;
        return new(
            condition.State,
            destination.Maintenance is Vocabulary.Maintenance.Disabled,
            condition.Failures > 0,
            condition.Since,
            destination.LastProven,
            Volatile.Read(ref _lastProbed),
            Volatile.Read(ref _addressesSince),
            (double)Volatile.Read(ref _spread) / SpreadSteps);
    }

    private static int Draw() => Random.Shared.Next(SpreadSteps);
}
