using HaProxyNet.Tls.Sessions;

namespace HaProxyNet.Tls.Terminating;

/// <summary>Counts the handshakes with the clients of one listener, by version and result. Any thread.</summary>
internal sealed class HandshakeCounters
{
    /// <summary>The versions as labels; the first is for handshakes that did not get that far.</summary>
    private static readonly string[] _versions = ["none", "1.2", "1.3", "other"];

    private readonly long[] _counts = new long[_versions.Length * HandshakeStatuses.All.Count];

    /// <summary>Counts one.</summary>
    /// <param name="version">The version that was agreed on; empty: none.</param>
    /// <param name="status">How it ended.</param>
    public void Add(string version, HandshakeStatus status)
        => Interlocked.Increment(ref _counts[(Math.Max(0, Array.IndexOf(_versions, version)) * HandshakeStatuses.All.Count) + (int)status]);

    /// <summary>What was counted so far.</summary>
    public IEnumerable<(string Version, HandshakeStatus Status, long Count)> Read()
    {
        for (var i = 0; i < _counts.Length; i++)
        {
            yield return (
                _versions[i / HandshakeStatuses.All.Count],
                (HandshakeStatus)(i % HandshakeStatuses.All.Count),
                Volatile.Read(ref _counts[i]));
        }
    }
}
