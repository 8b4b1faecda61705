using System.Runtime.InteropServices;
using HaProxyNet.Configuration.Logs;

namespace HaProxyNet.Listening;

/// <summary>Which lines the connections of a listener have besides the one at their end.</summary>
/// <param name="AtStart">One when a destination has accepted.</param>
/// <param name="Every">One each time that so much time has passed; zero: none.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ConnectionFollow(bool AtStart, TimeSpan Every)
{
    /// <summary>Whether there is any.</summary>
    public bool IsOn => AtStart || Every > TimeSpan.Zero;

    /// <summary>Reads the settings of a listener.</summary>
    public static ConnectionFollow From(ListenerLogOptions options) => new(options.AtStart, options.Every);

    /// <summary>
    /// Whether a line is due for a connection of this age that was looked at before: a whole number of times has passed in between.
    /// </summary>
    /// <param name="ageBefore">Its age at the look before; below zero: there was none.</param>
    /// <param name="age">Its age now.</param>
    public bool IsDue(TimeSpan ageBefore, TimeSpan age)
        => Every > TimeSpan.Zero && age / Every is var times && Math.Floor(times) > Math.Floor(Math.Max(0, ageBefore / Every));
}
