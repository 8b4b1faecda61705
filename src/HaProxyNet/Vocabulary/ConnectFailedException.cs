using HaProxyNet.Transport.Vocabulary;

namespace HaProxyNet.Vocabulary;

/// <summary>A connect for a probe has failed.</summary>
internal sealed class ConnectFailedException(ConnectStatus status, Exception? cause = null)
    : Exception($"Connect failed: {status.Label()}.", cause)
{
    /// <summary>How.</summary>
    public ConnectStatus Status => status;
}
