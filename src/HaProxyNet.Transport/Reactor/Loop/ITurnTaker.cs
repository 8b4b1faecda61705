namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>Waits for its turn on a lane.</summary>
internal interface ITurnTaker
{
    /// <summary>It is its turn.</summary>
    void Continue();
}
