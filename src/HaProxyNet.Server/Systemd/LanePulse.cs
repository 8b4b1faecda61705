using HaProxyNet.Transport;

namespace HaProxyNet.Server.Systemd;

/// <summary>
/// Asks every lane for a sign of life. The last lane that answers passes the answer on, on its own thread: a lane that hangs, in an endless
/// loop or a system call, is silence.
/// </summary>
internal sealed class LanePulse(IReadOnlyList<Lane> lanes, Action allAlive)
{
    private readonly bool[] _isAlive = new bool[lanes.Count];
    private int _missing;

    /// <summary>The lanes that have not answered yet, by their index.</summary>
    public IReadOnlyList<int> Missing
        => Volatile.Read(ref _missing) == 0
            ? []
            : [.. Enumerable.Range(0, lanes.Count).Where(index => !Volatile.Read(ref _isAlive[index]))];

    /// <summary>Asks, unless the question before has not been answered. One caller at a time.</summary>
    public void Ask()
    {
        if (Volatile.Read(ref _missing) > 0)
        {
            return;
        }

        Array.Clear(_isAlive);
        Volatile.Write(ref _missing, lanes.Count);
        for (var i = 0; i < lanes.Count; i++)
        {
            var index = i;
            lanes[i].Post(() => OnAlive(index));
        }
    }

    private void OnAlive(int index)
    {
        Volatile.Write(ref _isAlive[index], true);
        if (Interlocked.Decrement(ref _missing) == 0)
        {
            allAlive();
        }
    }
}
