using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Connections;

/// <summary>What a client does that uses a destination for a while, and stays connected when it has let it go.</summary>
internal interface IDestinationUse
{
    /// <summary>
    /// Lets the destination go, if the client waits for nothing from it; false: it does, or there is none. Any thread.
    /// </summary>
    /// <param name="outcome">How the use is to be counted.</param>
    bool TryLetGo(ConnectionOutcome outcome);
}
