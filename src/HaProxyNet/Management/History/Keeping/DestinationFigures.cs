using HaProxyNet.Management.History.Records;
using HaProxyNet.State;
using HaProxyNet.Telemetry;
using HaProxyNet.Transport.Vocabulary;
using HaProxyNet.Vocabulary;

namespace HaProxyNet.Management.History.Keeping;

/// <summary>What came of one destination within a time. While nothing comes it is the same object. One caller at a time.</summary>
internal sealed class DestinationFigures(Destination destination)
{
    private DestinationCounts _began = DestinationCounts.None;
    private DestinationCounts _now = DestinationCounts.None;
    private DestinationMinute? _last;

    /// <summary>A new time begins.</summary>
    public void Begin()
    {
        _began = _now = DestinationCounts.Of(destination, _now);
        _last = null;
    }

    /// <summary>What came since it began.</summary>
    public DestinationMinute Read()
    {
        var (now, status, open) = (DestinationCounts.Of(destination, _now), destination.Status, destination.Active);
        var state = status is DestinationStatus.Up ? null : status.Label();
        if (_last is null || !ReferenceEquals(now, _now) || (state, open) != (_last.State, _last.Open))
        {
            _last = new DestinationMinute(destination.Name)
            {
                State = state,
                Open = open,
                Connected = now.Waits.Sum() - _began.Waits.Sum(),
                In = now.In - _began.In,
                Out = now.Out - _began.Out,
                Wait = TimeCounts.Between(now.Waits, _began.Waits),
                Call = TimeCounts.Between(now.Calls, _began.Calls),
                Failures = Sums.Between(now.Failures, _began.Failures, i => DestinationCounts.Kinds[i].Label()),
            };
        }

        _now = now;
        return _last;
    }
}
