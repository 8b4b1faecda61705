namespace HaProxyNet.Management.Control;

/// <summary>One connection to the control socket.</summary>
/// <param name="Stream">The bytes; disposing of it ends the connection.</param>
/// <param name="Identity">Who it is.</param>
internal sealed record ControlPeer(Stream Stream, PeerIdentity Identity) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Stream.DisposeAsync();
}
