using System.Globalization;

namespace HaProxyNet.Server.Controlling;

/// <summary>Times and sizes as a table has room for them.</summary>
internal static class Duration
{
    /// <summary><c>4.2s</c>, <c>3m05s</c>, <c>2h07m</c>, <c>12d03h</c>.</summary>
    public static string Short(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Max(0, seconds));
        return time.TotalSeconds < 60 ? Text($"{time.TotalSeconds:0.0}s")
            : time.TotalMinutes < 60 ? Text($"{(int)time.TotalMinutes}m{time.Seconds:00}s")
            : time.TotalHours < 24 ? Text($"{(int)time.TotalHours}h{time.Minutes:00}m")
            : Text($"{(int)time.TotalDays}d{time.Hours:00}h");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
