using HaProxyNet.State;

namespace HaProxyNet.Health.Answering;

/// <summary>What is remembered of a destination between two looks. One caller at a time.</summary>
internal sealed class AnswerTrack
{
    private long _closedBytes = -1;
    private long _closedAt;
    private bool _isFirstLook;
    private long _waitingSince;
    private long _answeredConnectAt;

    /// <summary>A look begins: what connections that have closed had been answered shows in the sums.</summary>
    public void Begin(Destination destination, long now)
    {
        (_waitingSince, _answeredConnectAt) = (0, 0);
        var bytes = 0L;
        foreach (var traffic in destination.AllTraffic)
        {
            bytes += traffic.BytesOut;
        }

        _isFirstLook = _closedBytes < 0;
        if (!_isFirstLook && bytes != _closedBytes)
        {
            _closedAt = now;
        }

        _closedBytes = bytes;
    }

    /// <summary>An open connection of the destination.</summary>
    /// <param name="connectedAt">When the destination had accepted it.</param>
    /// <param name="sent">Bytes that the destination was given.</param>
    /// <param name="answered">Bytes that came back.</param>
    /// <param name="lastByteAt">When the last of them passed.</param>
    /// <param name="upSince">Since when the destination has been up: what was sent before has been looked into.</param>
    public void Add(long connectedAt, long sent, long answered, long lastByteAt, long upSince)
    {
        if (answered > 0)
        {
            _answeredConnectAt = Math.Max(_answeredConnectAt, connectedAt);
        }
        else if (sent > 0 && lastByteAt >= upSince)
        {
            _waitingSince = _waitingSince == 0 ? lastByteAt : Math.Min(_waitingSince, lastByteAt);
        }
    }

    /// <summary>What the look has found. The first one finds nobody waiting: who was answered before it is not known.</summary>
    public AnswerSample Sample => new(_isFirstLook ? 0 : _waitingSince, _answeredConnectAt, _closedAt);
}
