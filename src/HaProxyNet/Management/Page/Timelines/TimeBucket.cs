namespace HaProxyNet.Management.Page.Timelines;

/// <summary>A part of a timeline.</summary>
/// <param name="Connections">Connections that ended in it.</param>
/// <param name="Failed">Those of them that did not end in order.</param>
/// <param name="LongestWaitMs">The longest that a client waited for a destination, in milliseconds.</param>
public sealed record TimeBucket(long Connections, long Failed, double LongestWaitMs);
