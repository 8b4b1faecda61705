using HaProxyNet.Control.Trust;

namespace HaProxyNet.Management.Control;

/// <summary>One connection to the control socket. Any thread.</summary>
/// <param name="stream">The bytes.</param>
/// <param name="identity">Its identity.</param>
internal sealed class ControlPeer(Stream stream, PeerIdentity identity) : IAsyncDisposable
{
    private const int Silent = 0;
    private const int AtWork = 1;
    private const int Ended = 2;

    private int _state;

    /// <summary>The bytes; they end with the connection.</summary>
    public Stream Stream => stream;

    /// <summary>Its identity.</summary>
    public PeerIdentity Identity => identity;

    /// <summary>Its request has come, and is worked on; false: its place was needed meanwhile.</summary>
    public bool TryBeginWork() => Interlocked.CompareExchange(ref _state, AtWork, Silent) == Silent;

    /// <summary>Its answer is ready: from here on it is waited for again.</summary>
    public void EndWork() => Interlocked.CompareExchange(ref _state, Silent, AtWork);

    /// <summary>Ends the connection, unless its request is worked on.</summary>
    public bool TryEnd()
    {
        if (Interlocked.CompareExchange(ref _state, Ended, Silent) != Silent)
        {
            return false;
        }

        stream.Dispose();
        return true;
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();
}
