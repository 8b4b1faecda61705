using HaProxyNet.Listening;
using HaProxyNet.Management.History.Keeping;
using HaProxyNet.Management.History.Records;
using HaProxyNet.State;

namespace HaProxyNet.Management.Page;

/// <summary>What happened within the last ten seconds, seen anew each second. One caller at a time.</summary>
internal sealed class RecentFigures(ClusterDirectory clusters, ListenerDirectory listeners, TimeProvider time)
{
    private const int Most = 10;

    private readonly Queue<(long Began, FigureSampler Sampler)> _samplers = [];

    /// <summary>The figures since the oldest look that is remembered, and for how long that is.</summary>
    public (IReadOnlyList<ClusterMinute> Figures, double Seconds) Read()
    {
        if (!_samplers.TryPeek(out var oldest))
        {
            Look();
            return ([], 0);
        }

        var (figures, seconds) = (oldest.Sampler.Read(), time.GetElapsedTime(oldest.Began).TotalSeconds);
        if (_samplers.Count >= Most)
        {
            _samplers.Dequeue();
        }

        Look();
        return (figures, Math.Round(seconds, 3));
    }

    /// <summary>No page was open for a while: what was before says nothing about now.</summary>
    public void Forget() => _samplers.Clear();

    private void Look()
    {
        var sampler = new FigureSampler(clusters, listeners);
        sampler.Begin();
        _samplers.Enqueue((time.GetTimestamp(), sampler));
    }
}
