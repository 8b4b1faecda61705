using HaProxyNet.Transport;
using HaProxyNet.Upgrading.Wire;

namespace HaProxyNet.Upgrading;

/// <summary>What follows after the hand-over: connections that were being connected then, counters, and what is left. One caller.</summary>
internal sealed class HandoverRest(TransportEngine engine, Successor successor, DrainReport report)
{
    private static readonly TimeSpan _betweenReports = TimeSpan.FromSeconds(1);
    private long _toldAt = Environment.TickCount64;
    private bool _isLost;

    /// <summary>Hands over what can be by now. The new process may be gone: what is left then ends here.</summary>
    public async Task FollowAsync(Func<Successor, Action, Task<IReadOnlySet<int>>> commit)
    {
        if (_isLost)
        {
            return;
        }

        var held = new HeldConnections(engine);
        var hasServed = false;
        try
        {
            await held.SendAsync(successor.Socket, long.MaxValue);
            if (held.Count > 0)
            {
                await held.LeaveAsync(await commit(successor, () => hasServed = true));
            }

            if (Environment.TickCount64 - _toldAt >= _betweenReports.TotalMilliseconds)
            {
                await TellAsync();
            }
        }
        catch (HandoverException)
        {
            _isLost = true;
            await held.GoOnAsync(cut: hasServed);
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
