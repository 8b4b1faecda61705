using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Transport.Reactor.Loop;

/// <summary>Something that a connection waits for on its lane and that can be ended from outside.</summary>
internal interface IReactorActivity
{
    /// <summary>Ends it with this outcome. On the lane.</summary>
    void Abort(ConnectionOutcome outcome);
}
