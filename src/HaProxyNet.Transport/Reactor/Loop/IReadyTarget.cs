namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>What a connection is doing on its lane: it is told when one of its sockets is ready.</summary>
internal interface IReadyTarget
{
    /// <summary>The socket's flags have changed. Called on the lane.</summary>
    void OnReady(ReactorSocket socket);
}
