using HaProxyNet.Transport;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>What follows after the hand-over: connections that were being connected then, counters, and what is left. One caller.</summary>
internal sealed class HandoverRest(TransportEngine engine, Successor successor, DrainReport report)
{
    private static readonly TimeSpan _betweenReports = TimeSpan.FromSeconds(1);
    private readonly HeldConnections _held = new(engine);
    private long _toldAt = Environment.TickCount64;
    private bool _isLost;

    /// <summary>Hands over what can be by now. The new process may be gone: what is left then ends here.</summary>
    public async Task FollowAsync()
    {
        if (_isLost)
        {
            return;
        }

        var hasServed = false;
        try
        {
            await _held.HoldAsync();
            if (_held.Count > 0)
            {
                var terms = _held.SendDifference(successor.Socket);
                await _held.LeaveAsync(await HandoverTalk.CommitAsync(successor, terms, () => hasServed = true));
            }

            if (Environment.TickCount64 - _toldAt >= _betweenReports.TotalMilliseconds)
            {
                await TellAsync();
            }
        }
        catch (HandoverException)
        {
            _isLost = true;
            await _held.GoOnAsync(cut: hasServed);
        }
    }

    /// <summary>Tells the new process the counters and connections as they are now.</summary>
    public async Task TellAsync()
    {
        _toldAt = Environment.TickCount64;
        if (!_isLost)
        {
            try
            {
                await report.TellAsync(successor.Socket);
            }
            catch (HandoverException)
            {
                _isLost = true;
            }
        }
    }
}
