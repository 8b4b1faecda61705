namespace HaProxyNet.Server.Incident;

/// <summary>What clients felt in a part of the time.</summary>
/// <param name="Name"><c>before</c>, <c>in</c> or <c>after</c> the trouble.</param>
/// <param name="From">Its begin.</param>
/// <param name="To">Its end.</param>
/// <param name="Connections">Connections that ended in it.</param>
/// <param name="NotInOrder">Those of them that did not end in order, by outcome.</param>
/// <param name="LongestWaitMs">The longest that a client waited for a destination, in milliseconds; null: no client came.</param>
/// <param name="OneInAHundredWaitMs">What one in a hundred clients waited in the worst minute, in milliseconds; null: no client
/// came.</param>
internal sealed record Phase(
    string Name,
    DateTimeOffset From,
    DateTimeOffset To,
    long Connections,
    IReadOnlyDictionary<string, long> NotInOrder,
    double? LongestWaitMs,
    double? OneInAHundredWaitMs);
