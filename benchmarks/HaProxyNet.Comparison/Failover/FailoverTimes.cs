namespace HaProxyNet.Comparison.Failover;

/// <summary>When what happens in a failover run, from the start of the load.</summary>
/// <param name="Fault">When the primary begins to be taken away.</param>
/// <param name="Gone">When it is gone altogether: a killed process takes some milliseconds to let go of its port, and so does a packet
/// filter to be set.</param>
/// <param name="Repair">When it is back.</param>
/// <param name="End">When the last request is sent.</param>
internal sealed record FailoverTimes(TimeSpan Fault, TimeSpan Gone, TimeSpan Repair, TimeSpan End)
{
    // Long enough for three failed checks 2 s apart, and for nginx' fail_timeout of 10 s.
    /// <summary>The times of every run.</summary>
    public static readonly FailoverTimes Planned =
        new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(19));
}
