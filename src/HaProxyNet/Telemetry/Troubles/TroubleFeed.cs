using System.Collections.Concurrent;

namespace HaProxyNet.Telemetry.Troubles;

/// <summary>
/// What went wrong for single connections and attempts, until the history takes it. Nothing waits for it: an hour in which everything fails
/// must neither fill the memory nor the disk, so of each kind some are kept and the rest is counted. Any thread; connections in order never
/// come here.
/// </summary>
internal sealed class TroubleFeed(TimeProvider time)
{
    private const int MostWaiting = 2048;

    private readonly Lock _gate = new();
    private readonly long _began = time.GetTimestamp();
    private readonly Allowance _unknown = new(atOnce: 500, perMinute: 60);
    private readonly Allowance _failed = new(atOnce: 50, perMinute: 5);
    private readonly ConcurrentDictionary<(string Cluster, string Destination, bool IsProbe), Allowance> _attempts = [];
    private List<TroubledConnection> _connections = [];
    private List<FailedAttempt> _failedAttempts = [];
    private long _left;

    /// <summary>How many were not kept, so far.</summary>
    public long NotKept => Volatile.Read(ref _left);

    /// <summary>Notes a connection that did not end well.</summary>
    public void Add(TroubledConnection ended)
    {
        lock (_gate)
        {
            if (_connections.Count < MostWaiting && (ended.IsUnknown ? _unknown : _failed).TryTake(Now))
            {
                _connections.Add(ended);
            }
            else
            {
                _left++;
            }
        }
    }

    /// <summary>Notes an attempt or a probe that failed. Each destination has an allowance of its own.</summary>
    public void Add(FailedAttempt attempt)
    {
        var allowance = _attempts.GetOrAdd(
            (attempt.Cluster, attempt.Destination, attempt.IsProbe), static _ => new Allowance(atOnce: 10, perMinute: 1));
        lock (_gate)
        {
            if (_failedAttempts.Count < MostWaiting && allowance.TryTake(Now))
            {
                _failedAttempts.Add(attempt);
            }
            else
            {
                _left++;
            }
        }
    }

    /// <summary>Takes what has come since the last call.</summary>
    public (IReadOnlyList<TroubledConnection> Connections, IReadOnlyList<FailedAttempt> Attempts) Take()
    {
        lock (_gate)
        {
            var taken = (_connections, _failedAttempts);
            (_connections, _failedAttempts) = ([], []);
            return taken;
        }
    }

    private TimeSpan Now => time.GetElapsedTime(_began);
}
