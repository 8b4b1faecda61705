namespace HaProxyNet.Transport;

/// <summary>How long one acceptor waits while descriptors or memory are short, and when that is worth a line in the log.</summary>
internal sealed class AcceptPause(TimeProvider time)
{
    /// <summary>A shortage that goes on, or comes again and again, is told once in so long.</summary>
    private static readonly TimeSpan _betweenLines = TimeSpan.FromMinutes(1);

    private TimeSpan _wait;
    private long? _toldAt;

    /// <summary>The wait before the next try: longer each time, until <see cref="End"/>.</summary>
    public TimeSpan Next() => _wait = AcceptErrors.NextPause(_wait);

    /// <summary>There is room again.</summary>
    public void End() => _wait = TimeSpan.Zero;

    /// <summary>Whether the log has not been told for a while; the caller tells it then.</summary>
    public bool IsNews()
    {
        if (_toldAt is { } told && time.GetElapsedTime(told) < _betweenLines)
        {
            return false;
        }

        _toldAt = time.GetTimestamp();
        return true;
    }
}
