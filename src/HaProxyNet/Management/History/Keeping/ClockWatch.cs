namespace HaProxyNet.Management.History.Keeping;

/// <summary>Sees when the wall's clock was set: it and the clock that only runs then differ by another amount than before.</summary>
internal sealed class ClockWatch(TimeProvider time)
{
    private static readonly TimeSpan _least = TimeSpan.FromSeconds(5);

    private readonly long _began = time.GetTimestamp();
    private DateTimeOffset _expected = time.GetUtcNow();
    private TimeSpan _ran;

    /// <summary>By how much it was set since the last call; null: it was not. What is smaller is how clocks are kept right.</summary>
    public TimeSpan? Jump()
    {
        var (ran, now) = (time.GetElapsedTime(_began), time.GetUtcNow());
        var jump = now - _expected - (ran - _ran);
        (_ran, _expected) = (ran, now);
        return jump.Duration() >= _least ? jump : null;
    }
}
