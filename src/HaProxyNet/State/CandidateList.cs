using System.Collections;
using Yarp.ReverseProxy.Model;

namespace HaProxyNet.State;

/// <summary>
/// YARP's list of available destinations, in the order in which to try them; beside each entry our own state of the same destination, so
/// that a connection finds it without a look-up. Immutable.
/// </summary>
internal sealed class CandidateList : IReadOnlyList<DestinationState>
{
    private readonly DestinationState[] _states;

    public CandidateList(DestinationState[] states, Destination[] destinations)
    {
        _states = states;
        Destinations = destinations;
    }

    /// <summary>No destination can be given connections.</summary>
    public static CandidateList Empty { get; } = new([], []);

    /// <summary>The destinations to try, in order.</summary>
    public Destination[] Destinations { get; }

    public int Count => _states.Length;

    public DestinationState this[int index] => _states[index];

    public IEnumerator<DestinationState> GetEnumerator() => ((IEnumerable<DestinationState>)_states).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
