namespace HaProxyNet.Transport.Managed;

/// <summary>Ends the lane's care for something that a connection did above the engine.</summary>
internal sealed class ManagedWatch(LaneConnection connection) : ILaneWatch
{
    public void Reconsider()
    {
        // The sweep asks each time.
    }

    public void Dispose() => connection.Activity = null;
}
