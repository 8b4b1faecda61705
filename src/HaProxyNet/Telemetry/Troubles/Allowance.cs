namespace HaProxyNet.Telemetry.Troubles;

/// <summary>How many of a kind may be written down: some at once, and a few each minute after that. One caller at a time.</summary>
internal sealed class Allowance(int atOnce, int perMinute)
{
    private double _left = atOnce;
    private TimeSpan _last;

    /// <summary>Takes one, if there is one.</summary>
    /// <param name="now">The time on a clock that does not jump.</param>
    public bool TryTake(TimeSpan now)
    {
        _left = Math.Min(atOnce, _left + (Math.Max(0, (now - _last).TotalMinutes) * perMinute));
        _last = now;
        if (_left < 1)
        {
            return false;
        }

        _left--;
        return true;
    }
}
