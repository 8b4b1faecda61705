using System.Collections;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.State;

/// <summary>
/// YARP's list of available destinations, in the order in which to try them; next to each entry our own state of the same destination, so
/// that a connection finds it without a look-up. Immutable.
/// </summary>
internal sealed class CandidateList : IReadOnlyList<DestinationState>
{
    private readonly DestinationState[] _states;
    private readonly Destination[][] _rotations;

    /// <param name="states">YARP's states.</param>
    /// <param name="destinations">Ours, in the same order.</param>
    /// <param name="equal">How many at the head are equal: any of them may be tried first.</param>
    public CandidateList(DestinationState[] states, Destination[] destinations, int equal)
    {
        _states = states;
        Destinations = destinations;
        Equal = equal;
        _rotations = [.. Enumerable.Range(0, equal).Select(first => Rotate(destinations, equal, first))];
    }

    /// <summary>No destination can be given connections.</summary>
    public static CandidateList Empty { get; } = new([], [], 0);

    /// <summary>The destinations to try, in order.</summary>
    public Destination[] Destinations { get; }

    /// <summary>How many at the head are equal.</summary>
    public int Equal { get; }

    public int Count => _states.Length;

    public DestinationState this[int index] => _states[index];

    /// <summary>The destinations to try, in order, when one of the equal ones has been picked to be the first.</summary>
    /// <param name="first">Which one: from 0 to less than <see cref="Equal"/>.</param>
    public Destination[] StartingAt(int first) => _rotations[first];

    public IEnumerator<DestinationState> GetEnumerator() => ((IEnumerable<DestinationState>)_states).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static Destination[] Rotate(Destination[] destinations, int equal, int first)
        => first == 0 ? destinations : [.. destinations[first..equal], .. destinations[..first], .. destinations[equal..]];
}
