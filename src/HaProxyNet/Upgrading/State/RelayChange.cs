using HaProxyNet.Transport.Handover;
using HaProxyNet.Transport.Teardown;

namespace HaProxyNet.Upgrading.State;

/// <summary>What became of a connection since it was sent: everything about it that can change.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">What has happened on it.</param>
/// <param name="LastByteAt">When its last byte passed.</param>
/// <param name="FromClient">What is held of the client's bytes.</param>
/// <param name="FromDestination">What is held of the destination's bytes.</param>
internal sealed record RelayChange(
    long Number, RelayState State, long LastByteAt, HeldDirection FromClient, HeldDirection FromDestination)
{
    /// <summary>The descriptors that travel with it: those of its pipes.</summary>
    public IEnumerable<int> Descriptors
        => ((int[])[FromClient.PipeOut, FromClient.PipeIn, FromDestination.PipeOut, FromDestination.PipeIn])
            .Where(descriptor => descriptor >= 0);

    /// <summary>What there is to say of a connection that was copied and stands still now; null: nothing has happened on it.</summary>
    public static RelayChange? Between(long number, HeldRelay copied, HeldRelay held)
        => held.State == copied.State && held.LastByteAt == copied.LastByteAt
            && held.FromClient == copied.FromClient && held.FromDestination == copied.FromDestination
            ? null
            : new RelayChange(number, held.State, held.LastByteAt, held.FromClient, held.FromDestination);

    /// <summary>The relay as it is now.</summary>
    public HeldRelay Of(HeldRelay copied)
        => copied with { State = State, LastByteAt = LastByteAt, FromClient = FromClient, FromDestination = FromDestination };
}
