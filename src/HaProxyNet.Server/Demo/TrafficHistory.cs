namespace HaProxyNet.Server.Demo;

/// <summary>How many RPCs an agent was given in each of the last intervals, as a row of bars.</summary>
internal sealed class TrafficHistory(int columns)
{
    private const string Bars = " ▁▂▃▄▅▆▇█";

    /// <summary>What the client sends in an interval makes a bar of three quarters: there is room to catch up.</summary>
    private static readonly double _full = DemoSettings.Rate * LiveView.Interval.TotalSeconds / 0.75;

    private readonly Queue<char> _bars = new();
    private long _before;

    /// <summary>Adds an interval.</summary>
    /// <param name="total">RPCs since the beginning.</param>
    public void Add(long total)
    {
        var height = (int)Math.Ceiling((total - _before) / _full * (Bars.Length - 1));
        _before = total;
        _bars.Enqueue(Bars[Math.Clamp(height, 0, Bars.Length - 1)]);
        if (_bars.Count > columns)
        {
            _bars.Dequeue();
        }
    }

    public override string ToString() => string.Concat(_bars);
}
