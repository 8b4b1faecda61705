using HaProxyNet.Transport.Teardown;

namespace HaProxyNet.Transport;

/// <summary>
/// What goes on with a connection after its relay. It is called instead of awaited, so that a connection that says nothing for hours does
/// not keep the state of a suspended method in memory.
/// </summary>
internal interface IRelayFollower
{
    /// <summary>The relay has ended; both sockets are shut or reset. Called once, on the connection's lane. It must not throw.</summary>
    void OnRelayed(LaneConnection connection, in RelayResult result);

    /// <summary>The relay met a fault of the proxy itself. Called in place of <see cref="OnRelayed"/>. It must not throw.</summary>
    void OnFault(LaneConnection connection, Exception fault);
}
