namespace HaProxyNet.Transport;

/// <summary>A lane's care for what a connection does above the engine, until it is disposed of. On the lane.</summary>
internal interface ILaneWatch : IDisposable
{
    /// <summary>The activity may be due at another time than before.</summary>
    void Reconsider();
}
